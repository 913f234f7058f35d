import type { ModelCard } from "@semblant/faces";
import { isServerGone } from "../database/server-failures.ts";
import type { Patience } from "../queue/patience.ts";
import { type JobEnd, type JobRows, readJobs } from "../queue/read-jobs.ts";
import { type LeftOver, type SharedJobs, serverJobs } from "../queue/server-jobs.ts";
import { Worker } from "../queue/worker.ts";
import type { PhotoReader } from "../reading/readers.ts";
import { fact } from "./facts.ts";
import { type IndexOptions, limitsOf } from "./index-options.ts";
import { type IndexStep, type IndexSummary, type Listed, StepCounts } from "./index-steps.ts";
import { refuseWhileHeld } from "./indexing-lock.ts";
import { closeAll } from "./library-readers.ts";
import type { LibraryFile } from "./open-file.ts";
import type { PhotoRows } from "./photo-rows.ts";
import { goneByWalks } from "./server-walk.ts";
import { todoJobs } from "./todo-jobs.ts";
import { dependsOn, triedWith } from "./tried-with.ts";
import type { Walk } from "./walk.ts";

/** What indexing works with. */
export interface Indexing {
  readonly file: LibraryFile;
  /** Asked for after the readers, whose model may be the library's first. */
  rows(): PhotoRows;
  readonly root: string;
  /** `count` readers of faces; called only if there is something to read. */
  openReaders(count: number): Promise<readonly PhotoReader[]>;
  /** Sees that a reader's model is still the library's, and throws if it is not. */
  agree(card: ModelCard): void;
  /** Keeps what is asked of the readers, once it is sure that the folder is the library's: another model may take the place of its own. */
  begin(): Promise<void>;
  readonly patience: Patience;
  /** Photos in work at a time. */
  readonly workers: number;
}

/** What reading came to. */
export interface Read {
  readonly counts: StepCounts;
  readonly rows: PhotoRows;
  readonly left: Pick<IndexSummary, "byOthers" | "unseen" | "leftToOthers">;
}

/**
 * Reads what is listed, with as many readers as there are photos, at most `workers`: an index after its walk, and a worker without one.
 *
 * @returns what it came to, at the end
 */
export async function* readListed(
  indexing: Indexing,
  options: IndexOptions,
  { walk, ...listed }: Listed & { readonly walk?: Walk },
): AsyncGenerator<IndexStep, Read> {
  const { file, root, patience } = indexing;
  // A worker learns that it has another model though nothing is to be read. Where none is known yet, it is not the one to choose.
  const least = options.asWorker === true && fact(file, "model") !== undefined ? 1 : 0;
  const many = options.wait === true ? indexing.workers : Math.max(least, Math.min(indexing.workers, listed.todo));
  const readers = many === 0 ? [] : await patience.ask(() => indexing.openReaders(many));
  const rows = await patience.ask(() => indexing.rows());
  const counts = new StepCounts(listed);
  const [first] = readers;
  if (first === undefined) return { counts, rows, left: {} };
  const tried = triedWith(limitsOf(options));
  const gone = walk === undefined ? goneByWalks(file) : walk.isGone;
  const kept: JobRows = {
    knows: (hash) => known(hash),
    write: (state, reading) => rows.write(state, reading),
    adopt: (state, hash) => rows.adopt(state, hash, gone),
    fail: (state, unread) => rows.fail(state, unread.reason, dependsOn(unread, tried)),
  };
  const shared =
    file.kind === "sqlite" ? undefined : await shareJobs(first).catch((error) => closeAll(readers).then(() => Promise.reject(error)));
  const jobs = shared ?? todoJobs(file, rows);
  for await (const end of readJobs({ jobs, rows: kept, root, readers, signal: options.signal })) {
    const [faces, progress] = await patience.ask(() => [facesIn(end), jobs.progress()] as const);
    const step = counts.step(end, faces, progress);
    if (step !== undefined) yield step;
  }
  return { counts, rows, left: shared === undefined ? {} : readByOthers(listed.todo - counts.ended, shared.left()) };

  /** Of photos that did not come to their end here, others read all but those that still wait. */
  function readByOthers(elsewhere: number, left: LeftOver): Read["left"] {
    return { byOthers: Math.max(0, elsewhere - left.unseen.length - left.leftToOthers), ...left };
  }

  function facesIn({ job, reading }: JobEnd): number {
    if ("faces" in reading) return reading.faces.length;
    return (file.prepare("SELECT faces FROM photos WHERE path = ?").pluck().get(job.path) ?? 0) as number;
  }

  /** Where the server is away, a photo is read rather than waited for. */
  function known(hash: string): boolean {
    try {
      return !patience.waiting && rows.knows(hash);
    } catch (error) {
      if (!isServerGone(error)) throw error;
      return false;
    }
  }

  async function shareJobs(reader: PhotoReader): Promise<SharedJobs> {
    const card = await reader.card();
    const worker = new Worker(file, card.checksum);
    const join = (): void => {
      indexing.agree(card);
      worker.join();
    };
    await patience.ask(join);
    try {
      await patience.ask(() => refuseWhileHeld(file));
    } catch (error) {
      await patience.unlessAway(() => worker.leave());
      throw error;
    }
    return serverJobs(file, {
      worker,
      root,
      walk,
      wait: options.wait === true,
      patience,
      signal: options.signal,
      rejoin: join,
      has: (job) => rows.has(job),
    });
  }
}
