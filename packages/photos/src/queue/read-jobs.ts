import { join } from "node:path";
import { mostBytes } from "../pictures/file-bytes.ts";
import type { PhotoReader } from "../reading/readers.ts";
import type { PhotoReading, Reading, Unread } from "../reading/reading.ts";
import { Ends } from "./ends.ts";
import type { Change, FileState, Job, Jobs, Outcome } from "./jobs.ts";

/** Where photos go that were read. */
export interface JobRows {
  /** Whether faces of a file with these bytes are known, whatever its name was. */
  knows(hash: string): boolean;
  write(state: FileState, reading: PhotoReading): void;
  /** Takes faces that are known by the file's bytes; undefined if they no longer are. */
  adopt(state: FileState, hash: string): Change | undefined;
  fail(state: FileState, unread: Unread): void;
}

/** A job that came to its end. */
export interface JobEnd {
  readonly job: Job;
  readonly outcome: Outcome;
  readonly reading: Reading;
}

/** What reads, from where, to where. */
export interface JobReading {
  readonly jobs: Jobs;
  readonly rows: JobRows;
  readonly root: string;
  readonly readers: readonly PhotoReader[];
  readonly signal: AbortSignal | undefined;
}

/**
 * Takes jobs and reads their photos, one per reader at a time, until none is left.
 *
 * A photo is given up only if it fails by itself. One in whose work a process ended, be it a reader's or a whole worker's, is a suspect:
 * suspects are read last, each alone in a fresh process, and one is to blame only if that process ends by itself too.
 *
 * @returns nothing, at the end; what was in work is given back if it is stopped before
 * @throws the readers' and the library's own
 */
export async function* readJobs({ jobs, rows, root, readers, signal }: JobReading): AsyncGenerator<JobEnd, void> {
  const idle = [...readers];
  const inWork = new Set<Job>();
  const ends = new Ends<{ job: Job; reading: Reading; reader: PhotoReader }>(signal);
  try {
    for (let alone = false; ; ) {
      signal?.throwIfAborted();
      while (idle.length > 0 && !(alone && inWork.size > 0)) {
        const job = await jobs.patiently(() => jobs.take(inWork.size > 0));
        if (job === undefined) break;
        alone = job.suspect === 1;
        inWork.add(job);
        ends.await(begin(job, idle.pop() as PhotoReader));
      }
      if (inWork.size === 0) {
        if (await jobs.more()) continue;
        return;
      }
      const { job, reading, reader } = await ends.next();
      const outcome = await jobs.patiently(() => settle(job, reading));
      if (outcome === undefined) {
        ends.await(begin(job, reader, true)); // what it was a copy of has changed meanwhile
        continue;
      }
      inWork.delete(job);
      idle.push(reader);
      if (outcome !== "set aside") yield { job, outcome, reading };
    }
  } finally {
    ends.release();
    await Promise.all(readers.map((reader) => reader.close()));
    await jobs.leave([...inWork]);
  }

  async function begin(job: Job, reader: PhotoReader, again = false) {
    if (job.suspect === 1 && !again) await reader.renew();
    await reader.card(); // a process that is still to start is not the photo's fault
    await jobs.patiently(() => jobs.begin(job));
    const reading: Reading =
      job.bytes > mostBytes
        ? { reason: `expected at most 512 MiB, but it has ${Math.round(job.bytes / 2 ** 20)}`, cause: "bytes" }
        : await reader.read(join(root, job.path), (hash) => again || !rows.knows(hash));
    return { job, reader, reading };
  }

  function settle(job: Job, reading: Reading): Outcome | "set aside" | undefined {
    if ("gone" in reading) return jobs.missing(job);
    if ("reason" in reading) {
      if (reading.cause.startsWith("ended") && job.suspect === 0) {
        jobs.setAside(job);
        return "set aside";
      }
      if (reading.cause === "passing" && jobs.leaveToOthers(job)) return "unseen";
      return jobs.end(job, () => {
        rows.fail(job, reading);
        return "failed";
      });
    }
    if (!("faces" in reading)) return jobs.end(job, () => rows.adopt(job, reading.hash));
    return jobs.end(job, () => {
      rows.write(job, reading);
      return "read";
    });
  }
}
