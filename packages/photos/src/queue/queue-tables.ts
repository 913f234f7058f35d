/**
 * The tables of a server's library that say which photos are to be read, and who reads which.
 *
 * - `walks`: those who look through the folder now, `whole` once they are through; `found`: what each found there.
 * - `workers`: those who read photos; a row that is gone is a worker that was dismissed.
 * - `jobs`: photos that are to be read, in the order of `n`, suspects last; `worker` has it in work.
 * - `unseen`: who could not see or open a photo that is still to be read.
 *
 * Walks and workers each hold a claim on their key (`walk 7`, `worker 12`), which ends with their session. So whose process is gone is
 * known at once and without clocks.
 */
export const queueTables = `
  CREATE TABLE walks (key BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, whole INTEGER NOT NULL DEFAULT 0);
  CREATE TABLE found (
    walk BIGINT NOT NULL, path TEXT NOT NULL, bytes BIGINT, modified DOUBLE PRECISION, reason TEXT, folder INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (walk, path)
  );
  CREATE INDEX found_by_path ON found (path);
  CREATE INDEX found_folders ON found (walk) WHERE folder = 1;

  CREATE TABLE workers (
    key BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name TEXT NOT NULL,
    ended BIGINT NOT NULL DEFAULT 0
  );
  CREATE TABLE jobs (
    path TEXT PRIMARY KEY,
    n BIGINT GENERATED ALWAYS AS IDENTITY,
    bytes BIGINT NOT NULL,
    modified DOUBLE PRECISION NOT NULL,
    suspect INTEGER NOT NULL DEFAULT 0,
    worker BIGINT,
    walk BIGINT NOT NULL
  );
  CREATE INDEX jobs_free ON jobs (suspect, n) WHERE worker IS NULL;
  CREATE INDEX jobs_in_work ON jobs (worker) WHERE worker IS NOT NULL;
  CREATE TABLE unseen (
    path TEXT NOT NULL REFERENCES jobs (path) ON DELETE CASCADE,
    worker BIGINT NOT NULL,
    PRIMARY KEY (path, worker)
  );
  CREATE INDEX unseen_by_worker ON unseen (worker);
`;
