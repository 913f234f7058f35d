import { type ChildProcess, fork } from "node:child_process";
import { resolve } from "node:path";
import type { Described, Opened, Order, Searched } from "./asked-library.ts";

/** A library that is open in a process of its own. */
export class AskedProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();
  #next = 1;

  private constructor(opened: Opened) {
    const script = resolve(import.meta.dirname, "asked-library.ts");
    this.#child = fork(script, [JSON.stringify(opened)], { execArgv: ["--conditions=semblant-source"] });
    this.#child.on("message", ({ id, answer, failed }: { id: number; answer?: unknown; failed?: string }) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (failed === undefined) waiting?.resolve(answer);
      else waiting?.reject(new Error(failed));
    });
    this.#child.on("exit", (status) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`server: a process that asks ended with status ${status}`));
    });
  }

  static async open(opened: Opened): Promise<AskedProcess> {
    const asked = new AskedProcess(opened);
    await new Promise((resolve, reject) => asked.#waiting.set(0, { resolve, reject }));
    return asked;
  }

  search(order: Omit<Extract<Order, { do: "search" }>, "do">): Promise<Searched> {
    return this.#ask({ do: "search", ...order }) as Promise<Searched>;
  }

  describe(): Promise<Described> {
    return this.#ask({ do: "describe" }) as Promise<Described>;
  }

  close(): void {
    this.#child.disconnect();
  }

  #ask(order: Order): Promise<unknown> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#child.send({ id, order });
    });
  }
}
