import { existsSync } from "node:fs";
import { homedir, hostname } from "node:os";
import { join } from "node:path";
import { DataError } from "@semblant/core";
import type { Lab } from "../../lab/load-lab.ts";
import { errorOf, type OwnProcess, startSemblant } from "./own-process.ts";
import { type FoundRun, newRunName } from "./runs-folder.ts";

/** A training that this server started. */
export interface Training {
  readonly name: string;
  /** It runs, or how it came to its end. */
  state: "running" | "ended" | "failed";
  /** Milliseconds since 1970. */
  readonly began: number;
  /** What it says that it does: that it reads the data. */
  says(): string | undefined;
  error?: Error;
}

interface Held extends Training {
  readonly process: OwnProcess;
}

/** Milliseconds in which a training is refused in place, where it cannot begin: the data are looked at in that time. */
const soon = 5_000;
/** Milliseconds that a training has to save its checkpoint when the server ends. */
const patience = 30_000;

/** Starts trainings as the command does, and stops them as Ctrl-C does: after a step, with a checkpoint. */
export class Trainings {
  readonly #folder: () => string;
  readonly #lab: () => Promise<Lab>;
  readonly #held = new Map<string, Held>();
  #changed: (name: string) => void = () => {};

  constructor(folder: () => string, lab: () => Promise<Lab>) {
    this.#folder = folder;
    this.#lab = lab;
  }

  /** Tells whenever one began or ended. */
  onChange(changed: (name: string) => void): void {
    this.#changed = changed;
  }

  /** What this server started, whether it runs still or failed; those that ended well are told by their folder. */
  list(): readonly Training[] {
    return [...this.#held.values()];
  }

  get(name: string): Training | undefined {
    return this.#held.get(name);
  }

  /**
   * Starts a training, and waits until its folder is made or a few seconds are over.
   *
   * @param settings by their dotted names, as they are typed after `semblant train`
   * @throws OptionError for a setting or a name, in the words of the command
   * @throws what the command says, where it ends before its folder is made
   */
  async start({ name, settings, limitMinutes }: StartOptions): Promise<string> {
    const { resolveSettings } = await this.#lab();
    const overrides = Object.entries(settings).map(([key, value]) => `${key}=${fromHome(value)}`);
    refuseGone(resolveSettings({}, overrides).data.source); // refused here, before a process is started
    const chosen = newRunName(this.#folder(), name, (one) => this.#held.get(one)?.state === "running");
    const limit = limitMinutes === undefined ? [] : ["--limit-minutes", String(limitMinutes)];
    await this.#begin(chosen, ["train", "--out", join(this.#folder(), chosen), ...limit, "--", ...overrides]);
    return chosen;
  }

  /** Goes on with a run that stopped. */
  async resume(run: FoundRun): Promise<void> {
    await this.refuseRunning(run);
    await this.#begin(run.name, ["train", "--resume", run.dir]);
  }

  /**
   * Asks the training of a run to stop after its step, also one that was started elsewhere on this machine.
   *
   * @throws DataError if nobody trains into it, or another machine does
   */
  async stop(run: FoundRun): Promise<void> {
    const own = this.#held.get(run.name);
    if (own?.state === "running") return void own.process.child.kill("SIGTERM");
    const { holderOf } = await this.#lab();
    const holder = holderOf(run.dir);
    if (holder === undefined) throw new DataError(`run ${run.name}: expected a run that trains, but it does not.`);
    if (holder.host !== hostname()) {
      throw new DataError(`run ${run.name}: expected a training on this machine, but it runs on ${holder.host}.\n  Stop it there.`);
    }
    process.kill(holder.pid, "SIGTERM");
  }

  /** Stops a training that has no folder yet. */
  stopStarting(name: string): boolean {
    const own = this.#held.get(name);
    if (own?.state !== "running") return false;
    return own.process.child.kill("SIGTERM");
  }

  /** Forgets why a training failed. */
  dismiss(name: string): void {
    if (this.#held.get(name)?.state !== "running" && this.#held.delete(name)) this.#changed(name);
  }

  /** @throws DataError if somebody trains into a run (busy) */
  async refuseRunning(run: FoundRun): Promise<void> {
    const { holderOf } = await this.#lab();
    if (this.#held.get(run.name)?.state !== "running" && holderOf(run.dir) === undefined) return;
    throw new DataError(`run ${run.name}: expected a run that is not training, but it is.`, { cause: { refusal: "busy" } });
  }

  /** Stops all that it started, each with its checkpoint, and waits for them; one that does not end is left to itself. */
  async close(): Promise<void> {
    const running = [...this.#held.values()].filter(({ state }) => state === "running");
    for (const { process: own } of running) own.child.kill("SIGTERM");
    let late: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((done) => {
      late = setTimeout(done, patience);
    });
    await Promise.race([Promise.all(running.map((one) => one.process.ended)), enough]);
    clearTimeout(late);
    for (const { process: own } of running) own.child.unref();
  }

  async #begin(name: string, args: readonly string[]): Promise<void> {
    const own = startSemblant(args);
    const held: Held = { name, state: "running", began: Date.now(), process: own, says: () => lastLine(own.said()) };
    this.#held.set(name, held);
    this.#changed(name);
    const ended = own.ended.then((status) => {
      const failed = status !== 0 && status !== 130 && status !== 143 && status !== null;
      held.state = failed ? "failed" : "ended";
      if (failed) held.error = errorOf(own.said());
      else this.#held.delete(name);
      this.#changed(name);
    });
    const began = new Promise<void>((done) => {
      const timer = setInterval(() => {
        if (!/^(step|epoch) /m.test(own.said()) && Date.now() - held.began < soon) return;
        clearInterval(timer);
        done();
      }, 100);
      void ended.then(() => clearInterval(timer));
    });
    await Promise.race([ended, began]);
    if (held.state !== "failed" || held.error === undefined) return;
    this.#held.delete(name); // said in place
    this.#changed(name);
    throw held.error;
  }
}

/** What a person chose for a new run. */
export interface StartOptions {
  readonly name?: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly limitMinutes?: number;
}

/** A path as a shell would have it: ~ is the person's own folder. */
const fromHome = (value: string): string => (/^~[/\\]/.test(value) ? join(homedir(), value.slice(2)) : value);

/** As the command says it of data that are not there. */
function refuseGone(source: string): void {
  if (source === "generated" || existsSync(source)) return;
  throw new DataError(`data at ${source}: no such file or folder.\n  Name a folder or table of faces, or train on generated ones.`);
}

function lastLine(said: string): string | undefined {
  return said.trimEnd().split("\n").at(-1) || undefined;
}
