/** Two programs that do the same work, asked in turn (A B A B …), so that a drifting machine slows both; medians of the rounds. */
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
interface Answer {
  readonly seconds: number;
  readonly peakMiB: number;
}

/** A program that answers one JSON line for each it is sent. */
export class Peer<Asked = Order, Told = Answer> {
  readonly version: Promise<string>;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;

  constructor(command: readonly string[], setting: { readonly threads: number }) {
    const env = { ...process.env, OMP_NUM_THREADS: String(setting.threads) };
    this.#child = spawn(command[0] as string, [...command.slice(1), JSON.stringify(setting)], { env });
    this.#child.stderr.pipe(process.stderr);
    const lines: Interface = createInterface({ input: this.#child.stdout });
    this.#lines = lines[Symbol.asyncIterator]();
    this.version = this.#next().then((line) => (JSON.parse(line) as { version: string }).version);
  }

  async ask(order: Asked): Promise<Told> {
    this.#child.stdin.write(`${JSON.stringify(order)}\n`);
    return JSON.parse(await this.#next());
  }

  end(): void {
    this.#child.stdin.end();
  }

  async #next(): Promise<string> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`${this.#child.spawnfile} ended without an answer`);
    return value;
  }
}

export interface Compared {
  /** Medians, seconds for one unit of work. */
  readonly ours: number;
  readonly theirs: number;
  /** Median of the rounds' ratios theirs / ours: above 1 where ours is faster. */
  readonly ratio: number;
  readonly ratios: readonly number[];
  readonly peakMiB: { readonly ours: number; readonly theirs: number };
}

export async function interleave(ours: Peer, theirs: Peer, order: Order, rounds: number): Promise<Compared> {
  await Promise.all([ours.version, theirs.version]);
  await ours.ask({ ...order, times: 2 });
  await theirs.ask({ ...order, times: 2 });
  const pairs: [Answer, Answer][] = [];
  for (let round = 0; round < rounds; round++) {
    const first = round % 2 === 0 ? ours : theirs;
    const a = await first.ask(order);
    const b = await (first === ours ? theirs : ours).ask(order);
    pairs.push(first === ours ? [a, b] : [b, a]);
  }
  const ratios = pairs.map(([a, b]) => b.seconds / a.seconds);
  return {
    ours: median(pairs.map(([a]) => a.seconds)) / order.times,
    theirs: median(pairs.map(([, b]) => b.seconds)) / order.times,
    ratio: median(ratios),
    ratios,
    peakMiB: { ours: Math.max(...pairs.map(([a]) => a.peakMiB)), theirs: Math.max(...pairs.map(([, b]) => b.peakMiB)) },
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[half] as number) : ((sorted[half - 1] as number) + (sorted[half] as number)) / 2;
}
