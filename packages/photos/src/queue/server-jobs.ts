import { setTimeout as pause } from "node:timers/promises";
import { DataError } from "@semblant/core";
import type { Database } from "../database/database.ts";
import type { Job, Jobs } from "./jobs.ts";
import type { Patience } from "./patience.ts";
import { isWalked } from "./presence.ts";
import { QueueProgress } from "./queue-progress.ts";
import { Dismissed, type Worker } from "./worker.ts";

/** Milliseconds between two looks for work, for work where the queue is empty, and at what workers left that are gone. */
const between = { jobs: 500, jobsToCome: 2000, orphans: 1000 };
/** A worker that sees none of so many photos was given another folder. */
const mostUnseen = 50;

/** What a worker leaves to others. */
export interface LeftOver {
  /** Photos that are still to be read, and that no worker could see or open, by path. */
  readonly unseen: readonly string[];
  /** How many this worker could not see or open, and others may. */
  readonly leftToOthers: number;
}

/** The jobs of a server, and what was left of them. */
export interface SharedJobs extends Jobs {
  /** What was left at the end. */
  left(): LeftOver;
}

/** How a worker works. */
export interface Working {
  readonly worker: Worker;
  readonly root: string;
  /** The walk that this process made, if it made one. */
  readonly walk?: { readonly key: number } | undefined;
  /** Whether it stays where nothing is left. */
  readonly wait: boolean;
  readonly patience: Patience;
  readonly signal: AbortSignal | undefined;
  /** What a worker whose row is gone does to join again; throws if it may not. */
  rejoin(): void;
  /** Whether a photo is in the library as its file is now. */
  has(job: Job): boolean;
}

/**
 * The jobs of a server's library, which any number of processes take. A claim is a short transaction that writes the worker's key into
 * the job, and passes over those that others are just writing. What a photo becomes and the end of its job are one transaction, which
 * first sees that the job is still this worker's: so each photo is written exactly once, whoever is killed.
 */
export function serverJobs(database: Database, working: Working): SharedJobs {
  const { worker, walk, root, wait, patience, signal } = working;
  const sql = statements(database);
  const progress = new QueueProgress(database);
  let looked = Number.NEGATIVE_INFINITY;
  let [seen, unseen] = [false, 0];
  let over: LeftOver = { unseen: [], leftToOthers: 0 };

  const claimOne = database.transaction((most: number) => {
    if (sql.stands.get(worker.key) === undefined) throw new Dismissed();
    return sql.claim.get({ worker: worker.key, most }) as Job | undefined;
  });
  const endOne = database.transaction((job: Job, become: () => unknown) => {
    if (sql.lock.get(job.path, worker.key) === undefined) return "taken";
    if (sql.stands.get(worker.key) === undefined) return "taken"; // it was read with a model that is no longer the library's
    const outcome = become();
    if (outcome === undefined) return undefined;
    sql.end.run(job.path);
    sql.count.run(worker.key);
    return outcome;
  });
  const passOn = database.transaction((path: string) => {
    sql.addUnseen.run(path, worker.key);
    sql.giveBack.run(path, worker.key);
  });
  const drop = database.transaction((path: string) => {
    if (sql.lock.get(path, worker.key) === undefined) return;
    sql.notFound.run(walk?.key, path);
    sql.end.run(path);
  });

  const jobs: SharedJobs = {
    take(ordinary) {
      if (performance.now() - looked > between.orphans) {
        worker.freeOrphans();
        looked = performance.now();
      }
      for (;;) {
        const job = claimedOrRejoined(ordinary ? 0 : 1);
        if (job === undefined || !working.has(job)) return job;
        endOne.concurrent(job, () => "taken"); // a walk listed it as another worker ended it
      }
    },
    begin() {},
    end(job, become) {
      seen = true;
      return endOne.concurrent(job, become) as ReturnType<Jobs["end"]>;
    },
    missing(job) {
      if (walk !== undefined && sql.walkOf.get(job.path) === walk.key) {
        drop.concurrent(job.path);
        return "gone";
      }
      passOn.concurrent(job.path);
      if (!seen && ++unseen === mostUnseen) throw noneThere(database, root);
      return "unseen";
    },
    leaveToOthers({ path }) {
      if (sql.othersFor.get({ path, worker: worker.key }) === undefined) return false;
      passOn.concurrent(path);
      return true;
    },
    setAside: ({ path }) => void sql.setAside.run(path, worker.key),
    async more() {
      // In this order: a walk lists its photos and comes to its end at one moment.
      const toCome = wait || (walk === undefined && (await jobs.patiently(() => isWalked(database))));
      const left = await jobs.patiently(() => sql.mine.get({ worker: worker.key }) !== undefined);
      if (!left && !toCome) {
        over = await jobs.patiently(() => leftOver(database, worker.key));
        return false;
      }
      await pause(left || !wait ? between.jobs : between.jobsToCome, undefined, { signal });
      return true;
    },
    leave: () => patience.unlessAway(() => worker.leave()),
    patiently: (ask) => patience.ask(ask),
    left: () => over,
    progress: () => progress.now(worker.key),
  };
  return jobs;

  function claimedOrRejoined(most: number): Job | undefined {
    try {
      return claimOne.concurrent(most);
    } catch (error) {
      if (!(error instanceof Dismissed)) throw error;
      working.rejoin();
      return claimOne.concurrent(most);
    }
  }
}

function leftOver(database: Database, worker: number): LeftOver {
  const of = "unseen u JOIN jobs j ON j.path = u.path WHERE u.worker = ?";
  const others = "EXISTS (SELECT 1 FROM workers w WHERE NOT EXISTS (SELECT 1 FROM unseen o WHERE o.path = j.path AND o.worker = w.key))";
  const unseen = database.prepare(`SELECT j.path FROM ${of} AND NOT ${others} ORDER BY j.path`).pluck().all(worker) as string[];
  const leftToOthers = database.prepare(`SELECT count(*) FROM ${of} AND ${others}`).pluck().get(worker) as number;
  return { unseen, leftToOthers };
}

function noneThere(database: Database, root: string): DataError {
  return new DataError(
    `index: expected photos of ${database.name} in ${root}, but none of the first ${mostUnseen} of its queue is there.\n` +
      "  Name the folder from which their paths start, as this machine has it.",
  );
}

function statements(database: Database) {
  const one = (sql: string) => database.prepare(sql).pluck();
  const seen = "NOT EXISTS (SELECT 1 FROM unseen u WHERE u.path = j.path AND u.worker = @worker)";
  return {
    stands: one("SELECT 1 FROM workers WHERE key = ? FOR KEY SHARE"),
    claim: database.prepare(
      `UPDATE jobs SET worker = @worker WHERE path =
       (SELECT path FROM jobs j WHERE worker IS NULL AND suspect <= @most AND ${seen}
        ORDER BY suspect, n LIMIT 1 FOR NO KEY UPDATE OF j SKIP LOCKED)
       RETURNING path, bytes, modified, suspect`,
    ),
    lock: one("SELECT 1 FROM jobs WHERE path = ? AND worker = ? FOR UPDATE"),
    end: database.prepare("DELETE FROM jobs WHERE path = ?"),
    count: database.prepare("UPDATE workers SET ended = ended + 1 WHERE key = ?"),
    walkOf: one("SELECT walk FROM jobs WHERE path = ?"),
    notFound: database.prepare("DELETE FROM found WHERE walk = ? AND path = ?"),
    addUnseen: database.prepare("INSERT INTO unseen (path, worker) VALUES (?, ?) ON CONFLICT (path, worker) DO NOTHING"),
    giveBack: database.prepare("UPDATE jobs SET worker = NULL WHERE path = ? AND worker = ?"),
    setAside: database.prepare("UPDATE jobs SET worker = NULL, suspect = 1 WHERE path = ? AND worker = ?"),
    othersFor: one(
      `SELECT 1 FROM workers w WHERE key <> @worker
       AND NOT EXISTS (SELECT 1 FROM unseen u WHERE u.path = @path AND u.worker = w.key) LIMIT 1`,
    ),
    mine: one(`SELECT 1 FROM jobs j WHERE ${seen} LIMIT 1`),
  };
}
