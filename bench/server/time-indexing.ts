import { type ChildProcess, execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { linkSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Indexed, Indexing } from "./index-library.ts";

const conditions = ["--conditions=semblant-source"];

/** Makes photos of ours, a hundred to a folder. */
export function makePhotos(folder: string, photos: number): void {
  mkdirSync(folder, { recursive: true });
  const script = resolve(import.meta.dirname, "../library.ts");
  execFileSync(process.execPath, [...conditions, script, "--photos", String(photos), "--side", "320", "--make", folder], {
    stdio: "ignore",
  });
}

/** The same photos in another folder, without a library; the first alone, then all others. */
class Photos {
  readonly folder: string;
  readonly #from: string;
  readonly #paths: readonly string[];

  constructor(from: string, folder: string) {
    this.#from = from;
    this.folder = folder;
    this.#paths = readdirSync(from, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".jpg"));
    rmSync(folder, { recursive: true, force: true });
    this.#link(this.#paths.slice(0, 1));
  }

  /** @returns how many there are now that were not there before */
  addOthers(): number {
    const others = this.#paths.slice(1);
    this.#link(others);
    return others.length;
  }

  #link(paths: readonly string[]): void {
    for (const path of paths) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      linkSync(join(this.#from, path), join(this.folder, path));
    }
  }
}

/** How the work is parted: photos in work at a time in one process, or in as many processes as there are workers. */
export interface Parting {
  readonly workers: number;
  readonly inProcesses: boolean;
  readonly place?: string;
}

/**
 * Photos a second, by the clock, that a new library takes. One photo is indexed before, so that the library knows its model.
 *
 * @param from the photos; they are linked into `folder`, which is made
 */
export async function timeIndexing(from: string, folder: string, { workers, inProcesses, place }: Parting): Promise<number> {
  const photos = new Photos(from, folder);
  const own = { folder, ...(place !== undefined && { place }) };
  const first = await begin({ ...own, workers: 1, asWorker: false });
  await done(first);
  await end(first);
  const expected = photos.addOthers();
  const each = inProcesses ? 1 : workers;
  const lead = await begin({ ...own, workers: each, asWorker: false });
  const others = await Promise.all(
    Array.from({ length: inProcesses ? workers - 1 : 0 }, () => begin({ ...own, workers: 1, asWorker: true })),
  );
  for (const other of others) other.send("go");
  const { seconds } = await done(lead);
  for (const child of [lead, ...others]) await end(child);
  return expected / seconds;
}

async function begin(indexing: Indexing): Promise<ChildProcess> {
  const script = resolve(import.meta.dirname, "index-library.ts");
  const child = fork(script, [JSON.stringify(indexing)], { execArgv: conditions });
  await answerOf(child);
  return child;
}

async function done(child: ChildProcess): Promise<Indexed> {
  child.send("go");
  return (await answerOf(child)) as Indexed;
}

/** What it works on may go away after this. */
async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.disconnect();
  await ended;
}

async function answerOf(child: ChildProcess): Promise<unknown> {
  const ended = once(child, "exit").then(([status]) => {
    throw new Error(`server: a process that indexes ended with status ${status}`);
  });
  ended.catch(() => {}); // after its answer it may end
  const [message] = (await Promise.race([once(child, "message"), ended])) as [unknown];
  return message;
}
