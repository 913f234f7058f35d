/** The memory that all threads share. */
export interface WasmMemory {
  readonly buffer: SharedArrayBuffer;
  grow(pages: number): number;
}

/** A compiled module, as a thread may be sent it. */
export type WasmModule = object;

/** A kernel: works on one block of a task, whose fields lie at that address; threads have scratch of their own. */
export type Kernel = (block: number, task: number, thread: number) => void;

/** The names of WebAssembly that are used here. */
export interface Wasm {
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Memory: new (size: { initial: number; maximum: number; shared: true }) => WasmMemory;
  readonly Instance: new (module: WasmModule, imports: object) => { readonly exports: Readonly<Record<string, Kernel>> };
}

/** A thread that helps. */
export interface Helper {
  terminate(): unknown;
}

interface NodeWorker extends Helper {
  on(event: "error", heard: () => void): void;
  unref(): void;
}

interface PageWorker extends Helper {
  postMessage(data: unknown): void;
  onerror: (event: { preventDefault(): void }) => void;
}

interface Runtime {
  readonly WebAssembly?: Wasm;
  readonly process?: { getBuiltinModule?(name: string): unknown };
  readonly crossOriginIsolated?: boolean;
  readonly navigator?: { readonly hardwareConcurrency?: number };
  readonly Worker?: new (url: string) => PageWorker;
  readonly Blob?: new (parts: string[], options: { type: string }) => object;
  readonly URL?: { createObjectURL?(blob: object): string; revokeObjectURL?(url: string): void };
  readonly document?: object;
  atob?(text: string): string;
}

/** Names are looked up: core compiles without Node's and the browser's types. */
const runtime = globalThis as unknown as Runtime;

/** WebAssembly, or undefined where there is none. */
export const wasm = runtime.WebAssembly;

/** A thread past this adds little: all share one memory. */
const MOST_THREADS = 16;

/** One of Node's own modules; undefined elsewhere. */
const ofNode = <T>(name: string): T | undefined => runtime.process?.getBuiltinModule?.(name) as T | undefined;

/** How many threads may work at once; 1 where they cannot share memory, and in a page's own thread, which may not wait for others. */
export function threadsHere(): number {
  const os = ofNode<{ availableParallelism(): number }>("node:os");
  if (os) return Math.min(MOST_THREADS, os.availableParallelism());
  if (runtime.crossOriginIsolated !== true || runtime.document !== undefined || runtime.Worker === undefined) return 1;
  return Math.min(MOST_THREADS, runtime.navigator?.hardwareConcurrency ?? 1);
}

/**
 * Starts a thread that runs `(data) => …`, given as text; no process waits for its end. Undefined where none can be started.
 * In the text, no name is known but the runtime's own.
 */
export function startThread(program: string, data: object): Helper | undefined {
  try {
    return nodeThread(program, data) ?? pageThread(program, data);
  } catch {
    return undefined; // what asked for it works alone
  }
}

/** A helper keeps next to nothing. By default V8 reserves more than 100 MB of addresses for each, and ends the process without them. */
const resourceLimits = { codeRangeSizeMb: 8, maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 4 };

function nodeThread(program: string, workerData: object): Helper | undefined {
  const threads = ofNode<{ readonly Worker: new (code: string, options: object) => NodeWorker }>("node:worker_threads");
  if (threads === undefined) return undefined;
  const code = `(${program})(require("node:worker_threads").workerData)`;
  const worker = new threads.Worker(code, { eval: true, workerData, execArgv: [], stdin: false, resourceLimits });
  worker.on("error", () => {});
  worker.unref();
  return worker;
}

function pageThread(program: string, data: object): Helper | undefined {
  const { Worker, Blob, URL } = runtime;
  if (!Worker || !Blob || !URL?.createObjectURL) return undefined;
  const url = URL.createObjectURL(new Blob([`onmessage = ({ data }) => (${program})(data)`], { type: "text/javascript" }));
  const worker = new Worker(url);
  worker.onerror = (event) => event.preventDefault();
  worker.postMessage(data);
  return worker;
}

/** The bytes of a text in base64. */
export function bytesOf(base64: string): Uint8Array {
  const text = runtime.atob?.(base64) ?? "";
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
