import type { Kernel, Wasm, WasmMemory, WasmModule } from "./machine.ts";

/** What a thread is given when it starts. */
export interface ThreadData {
  readonly module: WasmModule;
  readonly memory: WasmMemory;
  /** Its number; 0 is the thread that asks. */
  readonly thread: number;
  /** Where the board lies in the memory. */
  readonly boardAt: number;
}

/** Where a job stands, in the first bytes of the shared memory. */
export interface Board {
  /** One number: twice the count of jobs so far, plus 1 while none is open, times 2^32; and the next block of the open one. */
  readonly ticket: BigInt64Array;
  /** [changes when there is work, blocks finished, blocks failed, kernel, task, blocks]. */
  readonly words: Int32Array;
}

/**
 * Takes blocks of the open job until none is left. It runs in the thread that asks and in those that help, from its text there.
 *
 * A block is taken by one exchange of the ticket, which also says of which job it is. So a thread that wakes late takes none of a job that
 * it read nothing of, and the one that asks need not wait for threads that sleep: it waits for blocks that were taken, no others.
 */
export function takeBlocks({ ticket, words }: Board, kernels: readonly Kernel[], thread: number): void {
  const job = Atomics.load(ticket, 0) >> 32n;
  if ((job & 1n) === 1n) return;
  const [kernel, task, blocks] = [Atomics.load(words, 3), Atomics.load(words, 4), Atomics.load(words, 5)];
  for (;;) {
    const now = Atomics.load(ticket, 0);
    const block = Number(now & 0xffffffffn);
    if (now >> 32n !== job || block >= blocks) return;
    if (Atomics.compareExchange(ticket, 0, now, now + 1n) !== now) continue;
    try {
      (kernels[kernel] as Kernel)(block, task, thread);
    } catch {
      Atomics.add(words, 2, 1);
    }
    Atomics.add(words, 1, 1);
    Atomics.notify(words, 1);
  }
}

/** What a helping thread does for as long as it lives. */
function help({ module, memory, thread, boardAt }: ThreadData, take: typeof takeBlocks): void {
  const { Instance } = (globalThis as unknown as { readonly WebAssembly: Wasm }).WebAssembly;
  const kernels = Object.values(new Instance(module, { env: { memory } }).exports);
  const board = { ticket: new BigInt64Array(memory.buffer, boardAt, 1), words: new Int32Array(memory.buffer, boardAt + 8, 6) };
  for (;;) {
    const seen = Atomics.load(board.words, 0);
    take(board, kernels, thread);
    Atomics.wait(board.words, 0, seen);
  }
}

/** The text of a helping thread's program: both functions above know no name that is not their own or the runtime's. */
export const threadProgram = (): string => `(data) => (${help})(data, ${takeBlocks})`;
