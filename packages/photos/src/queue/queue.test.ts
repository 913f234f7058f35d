import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DebianServer, hasDebian, startDebian } from "../database/fixtures/debian-server.ts";
import { openPostgres } from "../database/postgres.ts";
import type { PhotoReader } from "../reading/readers.ts";
import type { Reading } from "../reading/reading.ts";
import { Patience } from "./patience.ts";
import { claimOfWalk, isBusy, isWalked } from "./presence.ts";
import { queueTables } from "./queue-tables.ts";
import type { JobEnd } from "./read-jobs.ts";
import { readJobs } from "./read-jobs.ts";
import { type SharedJobs, serverJobs } from "./server-jobs.ts";
import { Dismissed, dismissWorkers, Worker } from "./worker.ts";

/** The library's part that a queue knows: a model, and photos, each of whose writings is a row. */
const library = `
  CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
  INSERT INTO facts VALUES ('model', '{"checksum":"m1"}');
  CREATE TABLE written (path TEXT NOT NULL, by BIGINT NOT NULL);
`;

const reading = (hash: string): Reading => ({ hash, width: 1, height: 1, perceptualHash: 0n, surely: 1, faces: [] });

describe.runIf(hasDebian)("a queue on a server", () => {
  let server: DebianServer;
  let schemas = 0;
  beforeAll(async () => {
    server = await startDebian();
  }, 240_000);
  afterAll(() => server?.stop());

  /** A queue of so many photos, `p0.jpg` and so on. */
  function queueOf(count: number) {
    const schema = `queue${schemas++}`;
    const jobs = `INSERT INTO jobs (path, bytes, modified, walk) SELECT 'p' || i || '.jpg', 100, 0.5, 1 FROM generate_series(0, ${count - 1}) i`;
    const sql = (text: string) => server.psql(`SET search_path = ${schema}; ${text}`).trim();
    server.psql(`CREATE SCHEMA ${schema}; SET search_path = ${schema}; ${queueTables} ${library} ${jobs}`);
    return { address: server.address(schema), sql };
  }

  interface Told {
    readonly model?: string;
    readonly readers?: number;
    readonly wait?: boolean;
    readonly signal?: AbortSignal;
    readonly walk?: { readonly key: number };
    read?(path: string): Promise<Reading> | Reading;
    has?(path: string): boolean;
    rejoin?(worker: Worker): void;
  }

  /** A worker with a line of its own. It reads at once what it is not told otherwise. */
  function worker(address: string, told: Told = {}) {
    const database = openPostgres(address);
    const self = new Worker(database, told.model ?? "m1");
    self.join();
    const add = database.prepare("INSERT INTO written (path, by) VALUES (?, ?)");
    const jobs: SharedJobs = serverJobs(database, {
      worker: self,
      root: "/photos",
      walk: told.walk,
      wait: told.wait ?? false,
      patience: new Patience(database, told.signal),
      signal: told.signal,
      rejoin: () => (told.rejoin === undefined ? self.join() : told.rejoin(self)),
      has: ({ path }) => told.has?.(path) ?? false,
    });
    const reader = (): PhotoReader => ({
      card: async () => ({}) as Awaited<ReturnType<PhotoReader["card"]>>,
      read: async (place) => (await told.read?.(place.slice("/photos/".length))) ?? reading(place),
      renew: async () => {},
      close: async () => {},
    });
    const rows = {
      knows: () => false,
      write: ({ path }: { path: string }) => void add.run(path, self.key),
      adopt: () => undefined,
      fail: ({ path }: { path: string }) => void add.run(`failed ${path}`, self.key),
    };
    const readers = Array.from({ length: told.readers ?? 1 }, reader);
    const ends: JobEnd[] = [];
    const run = async () => {
      for await (const end of readJobs({ jobs, rows, root: "/photos", readers, signal: told.signal })) ends.push(end);
      return ends;
    };
    return { database, self, jobs, run, ends };
  }

  const turn = () => new Promise((done) => setTimeout(done, 5));

  it("gives each photo to one of many workers, in order, and each ends when nothing is left", async () => {
    const { address, sql } = queueOf(60);
    const workers = Array.from({ length: 4 }, () => worker(address, { readers: 2, read: (path) => turn().then(() => reading(path)) }));
    const ended = await Promise.all(workers.map(({ run }) => run()));
    expect(sql("SELECT count(*), count(DISTINCT path) FROM written")).toBe("60|60");
    expect(ended.filter((ends) => ends.length > 0).length).toBeGreaterThan(1);
    expect(sql("SELECT (SELECT count(*) FROM jobs), (SELECT count(*) FROM workers), (SELECT count(*) FROM unseen)")).toBe("0|0|0");
    for (const { database } of workers) database.close();
  });

  it("is waited for while somebody looks through the folder, and no longer than that", async () => {
    const { address, sql } = queueOf(0);
    const walker = openPostgres(address);
    const key = walker.prepare("INSERT INTO walks (whole) VALUES (0) RETURNING key").pluck().get() as number;
    const claim = walker.claim(claimOfWalk(key));
    const { run, database } = worker(address);
    const ended = run();
    expect(await Promise.race([ended, turn()])).toBeUndefined();
    sql(`BEGIN; INSERT INTO jobs (path, bytes, modified, walk) VALUES ('late.jpg', 1, 1, ${key}); UPDATE walks SET whole = 1; COMMIT`);
    expect((await ended).map(({ job, outcome }) => [job.path, outcome])).toEqual([["late.jpg", "read"]]);
    sql("UPDATE walks SET whole = 0");
    expect(isWalked(walker)).toBe(true);
    claim?.release(); // as where its process was killed
    expect(isWalked(walker)).toBe(false);
    for (const one of [walker, database]) one.close();
  });

  it("frees the photos of a worker that is gone at once; they are read last, and alone", async () => {
    const { address, sql } = queueOf(6);
    const gone = worker(address);
    expect([gone.jobs.take(false)?.path, gone.jobs.take(false)?.path]).toEqual(["p0.jpg", "p1.jpg"]);
    gone.database.close();
    let [inWork, most] = [0, 0];
    const seen: string[] = [];
    const read = async (path: string) => {
      seen.push(path);
      most = Math.max(most, ++inWork * (path < "p2" ? 1 : 0));
      await turn();
      inWork--;
      return reading(path);
    };
    const { run, database } = worker(address, { readers: 3, read });
    await run();
    expect(seen.slice(4)).toEqual(["p0.jpg", "p1.jpg"]);
    expect(most).toBe(1);
    expect(sql("SELECT count(*), count(DISTINCT path) FROM written")).toBe("6|6");
    database.close();
  });

  it("writes nothing of a worker whose photo was given to another meanwhile", async () => {
    const { address, sql } = queueOf(1);
    const slow = worker(address);
    const job = slow.jobs.take(false);
    sql(`UPDATE jobs SET worker = NULL`);
    const quick = worker(address);
    await quick.run();
    expect(job && slow.jobs.end(job, () => "read")).toBe("taken");
    expect(sql("SELECT path, by FROM written")).toBe(`p0.jpg|${quick.self.key}`);
    for (const { database } of [slow, quick]) database.close();
  });

  it("gives back what is in work when it is stopped, and blames nothing", async () => {
    const { address, sql } = queueOf(5);
    const stopping = new AbortController();
    const { run, database } = worker(address, { readers: 2, signal: stopping.signal, read: () => new Promise(() => {}) });
    const ended = run();
    await turn();
    stopping.abort();
    await expect(ended).rejects.toThrow();
    expect(sql("SELECT count(*), max(suspect), count(worker) FROM jobs")).toBe("5|0|0");
    expect(sql("SELECT count(*) FROM workers")).toBe("0");
    database.close();
  });

  it("leaves a photo that one cannot see or open to those who can, and names what nobody could", async () => {
    const { address, sql } = queueOf(4);
    const closed = { reason: "the file cannot be read (EACCES)", cause: "passing" } as const;
    const read = (all: Record<string, Reading>) => (path: string) => all[path] ?? reading(path);
    const one = worker(address, { read: read({ "p0.jpg": { gone: true }, "p1.jpg": closed, "p2.jpg": { gone: true } }) });
    const other = worker(address, { read: read({ "p2.jpg": { gone: true }, "p3.jpg": { gone: true } }) });
    await Promise.all([one.run(), other.run()]);
    expect(sql("SELECT path FROM written ORDER BY path")).toBe("p0.jpg\np1.jpg\np3.jpg");
    expect(sql("SELECT path FROM jobs")).toBe("p2.jpg");
    const left = [one.jobs.left(), other.jobs.left()];
    expect(left.some(({ unseen }) => unseen.join() === "p2.jpg")).toBe(true);
    for (const { database } of [one, other]) database.close();
  });

  it("drops a photo that is gone where this process found it itself", async () => {
    const { address, sql } = queueOf(2);
    const { run, database, ends } = worker(address, {
      walk: { key: 1 },
      read: (path) => (path === "p0.jpg" ? { gone: true } : reading(path)),
    });
    await run();
    expect(ends.map(({ outcome }) => outcome)).toEqual(["gone", "read"]);
    expect(sql("SELECT count(*) FROM jobs")).toBe("0");
    database.close();
  });

  it("stops a worker that sees none of many photos: its folder is another", async () => {
    const { address } = queueOf(60);
    const { run, database } = worker(address, { read: () => ({ gone: true }) });
    await expect(run()).rejects.toThrow(
      `index: expected photos of ${database.name} in /photos, but none of the first 50 of its queue is there.\n` +
        "  Name the folder from which their paths start, as this machine has it.",
    );
    database.close();
  });

  it("does not read what a walk listed while another worker ended it", async () => {
    const { address, sql } = queueOf(3);
    const { run, database } = worker(address, { has: (path) => path === "p1.jpg" });
    await run();
    expect(sql("SELECT path FROM written ORDER BY path")).toBe("p0.jpg\np2.jpg");
    expect(sql("SELECT count(*) FROM jobs")).toBe("0");
    database.close();
  });

  it("lets nobody in with another model, and writes nothing more of one whose model was replaced", async () => {
    const { address, sql } = queueOf(3);
    expect(() => worker(address, { model: "m2" })).toThrow(Dismissed);
    const old = worker(address);
    const job = old.jobs.take(false);
    const replacing = openPostgres(address);
    replacing
      .transaction(() => {
        dismissWorkers(replacing);
        replacing.prepare("UPDATE facts SET value = ? WHERE name = 'model'").run('{"checksum":"m2"}');
      })
      .immediate();
    expect(job && old.jobs.end(job, () => "read")).toBe("taken");
    expect(() => old.jobs.take(false)).toThrow("index: expected the library's model to stay, but another process replaced it meanwhile.");
    expect(sql("SELECT count(*) FROM written")).toBe("0");
    for (const database of [old.database, replacing]) database.close();
  });

  it("goes on where its line is lost at any moment", async () => {
    const { address, sql } = queueOf(20);
    let reads = 0;
    const { run, database } = worker(address, {
      readers: 2,
      read(path) {
        if (++reads % 6 === 0) sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'semblant'");
        return reading(path);
      },
    });
    await run();
    expect(sql("SELECT count(*), count(DISTINCT path) FROM written")).toBe("20|20");
    database.close();
  });

  it("is busy where a worker that lives has something to read, and not where it waits for more", () => {
    const { address, sql } = queueOf(1);
    const asking = openPostgres(address);
    expect(isBusy(asking)).toBe(false);
    const one = worker(address);
    expect(isBusy(asking)).toBe(true);
    const job = one.jobs.take(false);
    expect(isBusy(asking)).toBe(true);
    expect(job && one.jobs.missing(job)).toBe("unseen");
    expect(isBusy(asking)).toBe(false);
    sql("INSERT INTO jobs (path, bytes, modified, walk) VALUES ('new.jpg', 100, 0.5, 1)");
    expect(isBusy(asking)).toBe(true);
    one.database.close();
    expect(isBusy(asking)).toBe(false);
    asking.close();
  });

  it("says how many are left, who else reads, and how fast they are together", async () => {
    const { address } = queueOf(10);
    const [one, other] = [worker(address), worker(address)];
    other.jobs.take(false);
    expect(one.jobs.progress()).toEqual({ left: 10, others: 1, perSecond: undefined });
    for (const { database } of [one, other]) database.close();
  });
});
