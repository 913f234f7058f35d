import { statSync } from "node:fs";
import { join } from "node:path";
import { runsIn } from "./runs-folder.ts";

const everyMilliseconds = 700;
/** How long runs are watched after somebody asked for one. */
const interest = 60 * 60_000;

type Listener = (run: string) => void;

/** Tells which run changed on disk, whoever trains into it: a training in another terminal, too. It looks only while somebody is told. */
export class RunWatch {
  readonly #folder: () => string;
  readonly #listeners = new Set<Listener>();
  #asked = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #seen: Map<string, string> | undefined;

  constructor(folder: () => string) {
    this.#folder = folder;
  }

  /** Somebody looks at runs. */
  touch(): void {
    this.#asked = Date.now();
    this.#run();
  }

  watch(listener: Listener): () => void {
    this.#listeners.add(listener);
    this.#run();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.close();
    };
  }

  tell(run: string): void {
    for (const listener of this.#listeners) listener(run);
  }

  close(): void {
    clearInterval(this.#timer);
    [this.#timer, this.#seen] = [undefined, undefined];
  }

  #run(): void {
    if (this.#timer !== undefined || this.#listeners.size === 0 || !this.#isWanted()) return;
    this.#seen = this.#look();
    this.#timer = setInterval(() => this.#tick(), everyMilliseconds);
    this.#timer.unref();
  }

  #isWanted(): boolean {
    return Date.now() - this.#asked < interest;
  }

  #tick(): void {
    if (!this.#isWanted()) {
      this.close();
      return;
    }
    const before = this.#seen ?? new Map<string, string>();
    const now = this.#look();
    this.#seen = now;
    for (const name of new Set([...before.keys(), ...now.keys()])) if (before.get(name) !== now.get(name)) this.tell(name);
  }

  /** What of each run is another whenever it changed. */
  #look(): Map<string, string> {
    const files = ["steps.jsonl", "lock", "last.safetensors"];
    return new Map(
      runsIn(this.#folder()).map(({ name, dir, changed }) => {
        const found = files.map((file) => statSync(join(dir, file), { throwIfNoEntry: false }));
        return [name, [changed, ...found.map((one) => `${one?.size}-${one?.mtimeMs}`)].join(" ")];
      }),
    );
  }
}
