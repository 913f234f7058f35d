import { hostname } from "node:os";
import { DataError } from "@semblant/core";
import type { Claim, Database } from "../database/database.ts";
import { claimOfWorker, livingOf } from "./presence.ts";

/** The model is no longer the one that a worker reads with, or its row is gone for another reason. */
export class Dismissed extends DataError {
  constructor() {
    super("index: expected the library's model to stay, but another process replaced it meanwhile.\n  Start this one again.");
  }
}

/**
 * A process that takes photos from a server's queue: its row of `workers`, and the claim on it, by which others know that it lives.
 * A worker that is gone loses its row, and its jobs are free.
 */
export class Worker {
  readonly #database: Database;
  readonly #model: string;
  #claim: Claim | undefined;
  #key = 0;

  /** @param model the checksum of the model that it reads with */
  constructor(database: Database, model: string) {
    this.#database = database;
    this.#model = model;
  }

  /** The key of its row, under which it has jobs in work. */
  get key(): number {
    return this.#key;
  }

  /**
   * Joins those who read, anew where its row is gone.
   *
   * @throws Dismissed if the library's model is another
   */
  join(): void {
    const database = this.#database;
    const join = database.transaction(() => {
      const card = database.prepare("SELECT value FROM facts WHERE name = 'model'").pluck().get() as string | undefined;
      if (card === undefined || (JSON.parse(card) as { checksum: string }).checksum !== this.#model) return undefined;
      const name = `${hostname()}, process ${process.pid}`;
      return database.prepare("INSERT INTO workers (name) VALUES (?) RETURNING key").pluck().get(name) as number;
    });
    const key = join.immediate(); // beside dismissWorkers, either of the two is first
    if (key === undefined) throw new Dismissed();
    this.#claim?.release();
    this.#key = key;
    this.#claim = database.claim(claimOfWorker(key));
  }

  /** Frees the jobs of workers that are gone: their photos are suspects. */
  freeOrphans(): void {
    const database = this.#database;
    const known = database
      .prepare("SELECT key FROM workers UNION SELECT worker FROM jobs WHERE worker IS NOT NULL")
      .pluck()
      .all() as number[];
    const others = known.filter((key) => key !== this.#key);
    const { gone } = livingOf(database, others, claimOfWorker);
    if (gone.length === 0) return;
    const free = database.prepare(
      `UPDATE jobs SET worker = NULL, suspect = 1 WHERE path IN
       (SELECT path FROM jobs WHERE worker = ? FOR NO KEY UPDATE SKIP LOCKED)`,
    );
    const strike = database.prepare("DELETE FROM workers WHERE key = ?");
    database
      .transaction(() => {
        for (const key of gone) {
          free.run(key);
          strike.run(key);
        }
      })
      .concurrent();
  }

  /** Gives back what it has in work, and goes. */
  leave(): void {
    const database = this.#database;
    const statements = [
      "UPDATE jobs SET worker = NULL WHERE worker = ?",
      "DELETE FROM unseen WHERE worker = ?",
      "DELETE FROM workers WHERE key = ?",
    ];
    database
      .transaction(() => {
        for (const sql of statements) database.prepare(sql).run(this.#key);
      })
      .concurrent();
    this.#claim?.release();
  }
}

/** Takes their rows from all workers, in the transaction that replaces the library's model: what they still read is not written. */
export function dismissWorkers(database: Database): void {
  database.exec("DELETE FROM workers");
}
