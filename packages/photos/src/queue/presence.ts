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

/** Whether anybody walks through the folder or reads photos for a server's library. */
export function isBusy(database: Database): boolean {
  const keys = (table: string) => database.prepare(`SELECT key FROM ${table}`).pluck().all() as number[];
  return (
    livingOf(database, keys("workers"), claimOfWorker).living.length > 0 || livingOf(database, keys("walks"), claimOfWalk).living.length > 0
  );
}

/**
 * Whether one is at it who must be alone. Who comes claims its own key first and then asks this; who must be alone claims that first and
 * then asks {@link isBusy}: so of two at the same moment at least one sees the other.
 */
export const isHeldAlone = (database: Database): boolean => database.claimed([alone]).length > 0;
