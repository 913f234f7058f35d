/** What the ranks of a training hand each other in a step, and how long that takes: on paper. */

/** A way from machine to machine. */
export interface Link {
  readonly bytesPerSecond: number;
  /** Seconds from the sending of a small sum to its arrival, software included. */
  readonly latency: number;
  /** Seconds that each further rank adds to a small sum: its message is sent and received, too. */
  readonly perRank: number;
}

/** What a step hands over. */
export interface Handed {
  /** Bytes of all gradients. */
  readonly gradients: number;
  /** In how many pieces they go. */
  readonly pieces: number;
  /** Small sums: of batch norm forwards and backwards, and whether to go on. */
  readonly sums: number;
  /** Bytes of an average small sum. */
  readonly sumBytes: number;
  /** Bytes of the embeddings of the whole batch. */
  readonly embeddings: number;
}

/** Seconds of each kind, on the rank that waits longest. */
export interface Seconds {
  readonly gradients: number;
  readonly sums: number;
  readonly embeddings: number;
  readonly all: number;
}

/**
 * Seconds that a step of so many ranks spends on communication, if nothing goes on beside it.
 *
 * Gradients go round a ring: each rank sends 2 (n - 1) / n of them in 2 (n - 1) messages a piece. Small sums and embeddings go from each
 * rank to each other.
 */
export function communicationSeconds(ranks: number, handed: Handed, link: Link): Seconds {
  const others = ranks - 1;
  if (others === 0) return { gradients: 0, sums: 0, embeddings: 0, all: 0 };
  const { bytesPerSecond, latency, perRank } = link;
  const toEach = (bytes: number) => latency + (others - 1) * perRank + (others * bytes) / bytesPerSecond;
  const gradients = ((2 * others) / ranks) * (handed.gradients / bytesPerSecond) + handed.pieces * 2 * others * latency;
  const sums = handed.sums * toEach(handed.sumBytes);
  const embeddings = toEach(handed.embeddings / ranks);
  return { gradients, sums, embeddings, all: gradients + sums + embeddings };
}

/** The share of a step that is left for computing: 1 where communication takes no time. */
export function efficiency(computing: number, communication: number): number {
  return computing / (computing + communication);
}

/** Latency and cost of a further rank from measured small sums, by least squares. */
export function fittedLatency(
  measured: readonly { readonly ranks: number; readonly seconds: number }[],
): Pick<Link, "latency" | "perRank"> {
  const x = measured.map(({ ranks }) => ranks - 2);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(x), mean(measured.map(({ seconds }) => seconds))];
  const spread = x.reduce((sum, value) => sum + (value - mx) ** 2, 0);
  const slope = spread === 0 ? 0 : measured.reduce((sum, { seconds }, i) => sum + ((x[i] as number) - mx) * (seconds - my), 0) / spread;
  return { latency: my - slope * mx, perRank: Math.max(0, slope) };
}
