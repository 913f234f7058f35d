import { type ChildProcess, fork } from "node:child_process";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { DataError, EngineError, OptionError, ShapeError } from "@semblant/core";
import { type MeasureReport, type MeasureTask, measureMark } from "./measure-process.ts";

const ending = extname(import.meta.url);
const program = fileURLToPath(new URL(`./measure-process${ending}`, import.meta.url));
const execArgv = ending === ".ts" ? ["--conditions=semblant-source", "--disable-warning=ExperimentalWarning"] : [];
const classes: Readonly<Record<string, new (message: string) => Error>> = { OptionError, ShapeError, DataError, EngineError };

/** Measures runs in processes, one after the other: each takes the whole machine for a while. */
export class Measure {
  #last: Promise<unknown> = Promise.resolve();
  #child: ChildProcess | undefined;
  #closed = false;

  /** @throws what the process throws, in the same classes */
  ask<Answer>(task: MeasureTask, progress: (text: string) => void = () => {}): Promise<Answer> {
    const answer = this.#last.then(() => this.#run(task, progress)) as Promise<Answer>;
    this.#last = answer.catch(() => {});
    return answer;
  }

  close(): void {
    this.#closed = true;
    this.#child?.kill("SIGKILL");
  }

  #run(task: MeasureTask, progress: (text: string) => void): Promise<unknown> {
    if (this.#closed) return Promise.reject(new EngineError("runs: the server ended before a run was measured."));
    // A signal from the terminal is for the server, which ends this process.
    const child = fork(program, [measureMark, JSON.stringify(task)], {
      execArgv,
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      detached: true,
    });
    this.#child = child;
    return new Promise((done, fail) => {
      child.on("message", (report: MeasureReport) => {
        if ("progress" in report) progress(report.progress);
        else if ("done" in report) done(report.done);
        else fail(new (classes[report.error.name] ?? EngineError)(report.error.message));
      });
      child.once("error", fail);
      child.once("exit", (code) => fail(new EngineError(`runs: the process that measures a run ended with status ${code}.`)));
    });
  }
}
