import type { Database } from "../database/database.ts";

/** The claim of one who must be alone with a library: who forgets or repairs. */
const alone = "indexing";

/** What a worker and a walk claim, by its key, so that others know that it lives. */
export const claimOfWorker = (key: number): string => `worker ${key}`;
export const claimOfWalk = (key: number): string => `walk ${key}`;

/** Which of the rows of `workers` or `walks` live, and which are gone. */
export function livingOf(
  database: Database,
  keys: readonly number[],
  claimOf: (key: number) => string,
): { living: number[]; gone: number[] } {
  const claimed = new Set(database.claimed(keys.map(claimOf)));
  const lives = (key: number) => claimed.has(claimOf(key));
  return { living: keys.filter(lives), gone: keys.filter((key) => !lives(key)) };
}

/** Workers that have a photo in work, or one to take; those that wait for more are none. */
const atWork = `
  SELECT w.key FROM workers w WHERE EXISTS (
    SELECT 1 FROM jobs j WHERE j.worker = w.key
    OR (j.worker IS NULL AND NOT EXISTS (SELECT 1 FROM unseen u WHERE u.path = j.path AND u.worker = w.key))
  )`;

/** Whether anybody looks through the folder and has not listed yet what is to be read: the queue may be filled soon. */
export function isWalked(database: Database): boolean {
  const underWay = database.prepare("SELECT key FROM walks WHERE whole = 0").pluck().all() as number[];
  return underWay.length > 0 && livingOf(database, underWay, claimOfWalk).living.length > 0;
}

/** Whether anybody walks through the folder or reads photos for a server's library. */
export function isBusy(database: Database): boolean {
  const lives = (sql: string, claimOf: (key: number) => string) =>
    livingOf(database, database.prepare(sql).pluck().all() as number[], claimOf).living.length > 0;
  return lives("SELECT key FROM walks", claimOfWalk) || lives(atWork, claimOfWorker);
}

/**
 * Whether one is at it who must be alone. Who comes claims its own key first and then asks this; who must be alone claims that first and
 * then asks {@link isBusy}: so of two at the same moment at least one sees the other.
 */
export const isHeldAlone = (database: Database): boolean => database.claimed([alone]).length > 0;
