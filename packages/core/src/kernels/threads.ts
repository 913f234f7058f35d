import { EngineError } from "../errors.ts";
import { type Helper, type Kernel, startThread, type WasmMemory, type WasmModule } from "./machine.ts";
import { type Board, takeBlocks, threadProgram } from "./thread-program.ts";

/** Where the board lies. */
const BOARD = 64;

/** Work of fewer milliseconds starts no threads: each takes about thirty to start. */
const WORTH_STARTING = 40;

/** A job: one kernel, on as many blocks, whose task lies at an address. */
export interface Job {
  readonly kernel: string;
  readonly task: number;
  readonly blocks: number;
  /** About how long one thread takes. */
  readonly milliseconds: number;
}

/**
 * The threads that work on kernels: the one that asks, and helpers that take blocks of its job where they are awake.
 *
 * Helpers sleep while there is no work, and keep no process alive.
 */
export class Threads {
  /** How many work at most, the asking one among them: kernels have scratch for each. */
  readonly most: number;
  readonly #module: WasmModule;
  readonly #memory: WasmMemory;
  readonly #names: readonly string[];
  readonly #kernels: readonly Kernel[];
  readonly #board: Board;
  #helpers: Helper[] | undefined;
  #jobs = 0n;

  constructor({ module, memory, exports, most }: ThreadsOptions) {
    this.most = most;
    this.#module = module;
    this.#memory = memory;
    this.#names = Object.keys(exports);
    this.#kernels = Object.values(exports);
    this.#board = { ticket: new BigInt64Array(memory.buffer, BOARD, 1), words: new Int32Array(memory.buffer, BOARD + 8, 6) };
    Atomics.store(this.#board.ticket, 0, 1n << 32n);
  }

  /** Runs a job to its end. `meanwhile` is run once in this thread, while the helpers begin. */
  run({ kernel, task, blocks, milliseconds }: Job, meanwhile?: () => void): void {
    const { ticket, words } = this.#board;
    if (milliseconds >= WORTH_STARTING) this.#helpers ??= this.#start();
    const job = ++this.#jobs * 2n;
    for (const [i, value] of [0, 0, this.#names.indexOf(kernel), task, blocks].entries()) Atomics.store(words, i + 1, value);
    Atomics.store(ticket, 0, job << 32n);
    if (this.#helpers) {
      Atomics.add(words, 0, 1);
      Atomics.notify(words, 0);
    }
    meanwhile?.();
    takeBlocks(this.#board, this.#kernels, 0);
    for (let finished = Atomics.load(words, 1); finished < blocks; finished = Atomics.load(words, 1)) Atomics.wait(words, 1, finished);
    Atomics.store(ticket, 0, (job + 1n) << 32n);
    const failed = Atomics.load(words, 2);
    if (failed > 0) throw new EngineError(`kernels: expected ${kernel} to work on ${blocks} blocks, but ${failed} of them failed.`);
  }

  /** Ends the helpers. */
  end(): void {
    for (const helper of this.#helpers ?? []) helper.terminate();
    this.#helpers = [];
  }

  #start(): Helper[] {
    const numbers = Array.from({ length: this.most - 1 }, (_, i) => i + 1);
    const program = threadProgram();
    return numbers
      .map((thread) => startThread(program, { module: this.#module, memory: this.#memory, thread, boardAt: BOARD }))
      .filter((helper) => helper !== undefined);
  }
}

interface ThreadsOptions {
  readonly module: WasmModule;
  readonly memory: WasmMemory;
  readonly exports: Readonly<Record<string, Kernel>>;
  readonly most: number;
}
