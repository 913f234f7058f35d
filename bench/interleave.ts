/** Programs that do the same work, asked in turn (A B C, C B A, …), so that a drifting machine slows all of them; medians of the rounds. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface, type Interface } from "node:readline";

export interface PeerSetting {
  readonly precision: "float32" | "bfloat16";
  readonly threads: number;
  readonly width: number;
  readonly size: number;
  readonly batch: number;
  readonly device?: string;
}
export interface Order {
  readonly do: "train" | "embed";
  readonly times: number;
}
/** What a program took for an order. */
export interface Took {
  /** By the clock. */
  readonly seconds: number;
  /** Of the processor, all threads together. */
  readonly processor: number;
  readonly peakMiB: number;
}
type Environment = Readonly<Record<string, string>>;

/** A program that answers one JSON line for each it is sent. */
export class Peer<Asked = Order, Told = Took> {
  readonly version: Promise<string>;
  /** All that it said of itself at its start. */
  readonly about: Promise<Readonly<Record<string, unknown>>>;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;

  constructor(command: readonly string[], setting: { readonly threads: number }, env: Environment = {}) {
    this.#child = spawn(command[0] as string, [...command.slice(1), JSON.stringify(setting)], { env: { ...own(setting.threads), ...env } });
    this.#child.stderr.on("data", (said) => process.stderr.write(said));
    this.#child.on("error", () => {}); // the lines end: that is said where they are read
    const lines: Interface = createInterface({ input: this.#child.stdout });
    this.#lines = lines[Symbol.asyncIterator]();
    this.about = this.#next().then((line) => JSON.parse(line));
    this.version = this.about.then(({ version }) => String(version));
  }

  async ask(order: Asked): Promise<Told> {
    await this.about;
    this.#child.stdin.write(`${JSON.stringify(order)}\n`);
    return JSON.parse(await this.#next());
  }

  end(): void {
    this.#child.stdin.end();
  }

  async #next(): Promise<string> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`${this.#child.spawnargs.slice(0, 2).join(" ")} ended without an answer`);
    return value;
  }
}

/** This program's environment, with threads said to every library, and without what would hold a library of matrices to old kernels. */
function own(threads: number): NodeJS.ProcessEnv {
  const { OPENBLAS_CORETYPE: _kernels, OPENBLAS_L2_SIZE: _cache, ...env } = process.env;
  return { ...env, OMP_NUM_THREADS: String(threads), OPENBLAS_NUM_THREADS: String(threads) };
}

/** One program beside ours. */
export interface Beside {
  /** Median for one unit of work. */
  readonly seconds: number;
  /** Median of the rounds' ratios theirs / ours: above 1 where ours is faster. */
  readonly ratio: number;
  /** The least and the most of the rounds. */
  readonly spread: readonly [number, number];
  /** The same of processor time, which a busy machine changes less. */
  readonly processorRatio: number;
  readonly peakMiB: number;
}
export interface Compared {
  readonly ours: { readonly seconds: number; readonly processor: number; readonly peakMiB: number };
  readonly beside: readonly Beside[];
}

/**
 * Asks all of them in turn.
 *
 * @param ours what the others are compared with
 * @param peers at least one
 * @param order with the number of units of work that it asks for
 * @param rounds after one that warms up and is not counted
 */
export async function interleave<Asked extends { readonly times: number }>(
  ours: Peer<Asked>,
  peers: readonly Peer<Asked>[],
  order: Asked,
  rounds: number,
): Promise<Compared> {
  const sides = [ours, ...peers];
  for (const side of sides) await side.ask({ ...order, times: Math.min(order.times, 2) });
  const took: Took[][] = sides.map(() => []);
  for (let round = 0; round < rounds; round++) {
    const turn = sides.map((_, i) => i);
    for (const i of round % 2 === 0 ? turn : turn.reverse()) took[i]?.push(await (sides[i] as Peer<Asked>).ask(order));
  }
  const [mine = [], ...theirs] = took;
  return { ours: medians(mine, order.times), beside: theirs.map((one) => compare(mine, one, order.times)) };
}

function compare(mine: readonly Took[], theirs: readonly Took[], times: number): Beside {
  const ratios = (of: "seconds" | "processor") => theirs.map((took, round) => took[of] / (mine[round] as Took)[of]);
  const byClock = ratios("seconds");
  return {
    ...medians(theirs, times),
    ratio: median(byClock),
    spread: [Math.min(...byClock), Math.max(...byClock)],
    processorRatio: median(ratios("processor")),
  };
}

const medians = (all: readonly Took[], times: number) => ({
  seconds: median(all.map(({ seconds }) => seconds)) / times,
  processor: median(all.map(({ processor }) => processor)) / times,
  peakMiB: Math.round(Math.max(...all.map(({ peakMiB }) => peakMiB))),
});

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[half] as number) : ((sorted[half - 1] as number) + (sorted[half] as number)) / 2;
}
