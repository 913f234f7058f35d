import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { alarmAfter } from "./alarm.ts";
import type { Answer, Reading } from "./reading-process.ts";
import type { Stock } from "./stock.ts";

/** Mebibytes by which reading one small file may make a process grow. */
const mostGrowth = 700;
/** A reading process is begun anew after so many inputs, lest what it keeps hides what one of them takes. */
const renewal = 2000;

/** A process that reads inputs, begun anew whenever one of them ends it. */
export class Watched {
  #child: ChildProcess | undefined;
  #said = "";
  #peak = 0;
  #read = 0;
  readonly #reader: string;
  readonly #stock: Stock;
  readonly #folder: string;
  readonly #patience: number;

  /**
   * @param reader path of the module that reads, a {@link Reader}
   * @param options `folder`: where each input is laid; `patience`: seconds in which one must have been read or refused
   */
  constructor(reader: string, { stock, folder, patience }: { stock: Stock; folder: string; patience: number }) {
    this.#reader = reader;
    this.#stock = stock;
    this.#folder = folder;
    this.#patience = patience;
  }

  /** What came of an input: what its process says, or how that ended. */
  async read(input: unknown): Promise<Reading> {
    if (this.#read >= renewal) await this.close();
    this.#child ??= await this.#begin();
    const child = this.#child;
    this.#read++;
    const answer = await new Promise<Answer | string>((settle) => {
      const off = alarmAfter(child.pid, this.#patience, () => finish(`did not end within ${this.#patience} s`));
      const answered = (message: Answer) => finish(message);
      const exited = (status: number | null, signal: string | null) =>
        finish(
          `the process ended by ${signal ?? `status ${status}`}: ${this.#said.trim().split("\n").slice(-3).join(" / ").slice(0, 300)}`,
        );
      const finish = (result: Answer | string) => {
        off();
        child.off("message", answered).off("exit", exited);
        settle(result);
      };
      child.on("message", answered).on("exit", exited);
      child.send({ reader: this.#reader, input, stock: this.#stock, folder: this.#folder });
    });
    if (typeof answer === "string") {
      await this.close();
      return { fault: answer };
    }
    const growth = answer.peak - this.#peak;
    const settled = this.#read > 1; // the first input of a process brings its programs with it
    this.#peak = answer.peak;
    if (answer.fault === undefined && settled && growth > mostGrowth)
      return { ...answer, fault: `took ${Math.round(growth)} MiB more than any before it` };
    return answer;
  }

  async close(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  }

  async #begin(): Promise<ChildProcess> {
    const child = fork(join(import.meta.dirname, "reading-process.ts"), {
      execArgv: ["--conditions=semblant-source", "--disable-warning=ExperimentalWarning"],
      env: { ...process.env, NO_COLOR: "1", OMP_NUM_THREADS: "1", OMP_WAIT_POLICY: "passive" },
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    [this.#said, this.#peak, this.#read] = ["", 0, 0];
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#said = (this.#said + text).slice(-4000);
    });
    await Promise.race([once(child, "message"), once(child, "exit").then(() => Promise.reject(new Error(this.#said)))]);
    return child;
  }
}
