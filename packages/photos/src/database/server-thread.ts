import { extname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from "node:worker_threads";
import type { Answer, Failure, Request, ServerOptions } from "./server-messages.ts";

/** A failure on its way to who asked. */
export class ServerFailure extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

const closed: Failure = { message: "it was closed", code: "CLOSED", lost: false, connecting: false };

type Done = Extract<Answer, { kind: "done" }>;
type Chunks = Extract<Answer, { kind: "chunk" }>;

/** What came of a question: the chunks of its answer, or of its first page, and how it ended. */
export interface Answered {
  readonly chunks: readonly Chunks[];
  readonly done: Done;
}

/** Milliseconds that closing waits for the server's goodbye, and between looks for an answer that is not slept for. */
const farewell = 2000;
const between = 50;

/**
 * The thread that talks to a server, for a caller that waits: the caller sleeps until its question is answered, then takes the answer.
 * The thread keeps no process alive.
 */
export class ServerThread {
  /** What must be at its end before anything else is asked. */
  held: { readAhead(): void } | undefined;
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #bell = new Int32Array(new SharedArrayBuffer(4));
  #heard = 0;
  /** Answers that nobody waits for any more. */
  #late = 0;
  #closed = false;

  constructor(options: ServerOptions) {
    const { port1, port2 } = new MessageChannel();
    const program = `./thread/program${extname(fileURLToPath(import.meta.url))}`;
    this.#worker = new Worker(new URL(program, import.meta.url), {
      workerData: { port: port2, bell: this.#bell, options },
      transferList: [port2],
      execArgv: [],
    });
    this.#worker.unref();
    this.#port = port1;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** @throws ServerFailure */
  ask(request: Request): Answered {
    this.held?.readAhead();
    this.send(request);
    return this.taken();
  }

  /** Sends a question whose answer {@link taken} takes; nothing else may be asked meanwhile. */
  send(request: Request): void {
    if (this.#closed) throw new ServerFailure(closed);
    this.#port.postMessage(request);
  }

  /** The answer to what was sent; sleeps until it is there. */
  taken(): Answered {
    const chunks: Chunks[] = [];
    for (;;) {
      if (this.#closed) throw new ServerFailure(closed);
      const said = this.#next();
      if (said.kind === "chunk") chunks.push(said);
      else if (this.#late > 0) this.#late--;
      else if (said.kind === "done") return { chunks, done: said };
      else throw new ServerFailure(said.failure);
    }
  }

  /** The same without sleeping, for a question that has no rows: everything else goes on meanwhile. */
  async asked(request: Request, signal?: AbortSignal): Promise<Answered> {
    this.held?.readAhead();
    this.send(request);
    try {
      while (Atomics.load(this.#bell, 0) === this.#heard) await pause(between, undefined, { ...(signal && { signal }) });
    } catch (error) {
      this.#late++;
      throw signal?.aborted === true ? signal.reason : error;
    }
    return this.taken();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#port.postMessage({ kind: "end" } satisfies Request);
    Atomics.wait(this.#bell, 0, this.#heard, farewell);
    this.#port.close();
    void this.#worker.terminate();
  }

  #next(): Answer {
    // a bell may wake who heard it already, and waits for the next
    while (Atomics.load(this.#bell, 0) === this.#heard) Atomics.wait(this.#bell, 0, this.#heard);
    this.#heard = (this.#heard + 1) | 0;
    return receiveMessageOnPort(this.#port)?.message as Answer;
  }
}
