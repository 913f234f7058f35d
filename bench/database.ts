/**
 * What it costs to ask a server while one waits: a tiny statement through the thread beside pg's own client, which does not wait; 100,000
 * rows with embeddings read beside it; the same of SQLite; and how much memory goes with rows that are looked at one by one.
 *
 *   npm run bench -- database [--server postgres://USER@HOST/DATABASE] [--rows 100000] [--rounds 7]     about a minute
 *
 * Without --server it takes the server in SEMBLANT_TEST_POSTGRES, or starts this system's PostgreSQL in a temporary folder.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import pg from "pg";
import type { Database } from "../packages/photos/src/database/database.ts";
import { hasDebian, startDebian } from "../packages/photos/src/database/fixtures/debian-server.ts";
import { openPostgres } from "../packages/photos/src/database/postgres.ts";
import { sqliteDatabase } from "../packages/photos/src/database/sqlite.ts";
import { median } from "./interleave.ts";
import { parseOptions, refuse } from "./options.ts";
import { record } from "./result.ts";

const { values } = parseOptions({
  options: { server: { type: "string" }, rows: { type: "string", default: "100000" }, rounds: { type: "string", default: "7" } },
});
const [rows, rounds] = [Number(values.rows), Number(values.rounds)];
const [statements, bytes] = [500, 256];
const version = (JSON.parse(readFileSync("node_modules/pg/package.json", "utf8")) as { version: string }).version;

const named = values.server ?? process.env.SEMBLANT_TEST_POSTGRES;
if (named === undefined && !hasDebian) refuse("no PostgreSQL is here; name one with --server postgres://USER@HOST/DATABASE.");
const started = named === undefined ? await startDebian() : undefined;
const own = new URL(started?.address() ?? (named as string));
own.searchParams.set("schema", "semblant_bench_database");
const folder = mkdtempSync(join(tmpdir(), "semblant-database-"));
const server = openPostgres(own.href);
own.search = "";
const client = new pg.Client({ connectionString: own.href });
await client.connect();
const file = sqliteDatabase(new Sqlite(join(folder, "rows.sqlite")));
try {
  server.exec("DROP SCHEMA IF EXISTS semblant_bench_database CASCADE; CREATE SCHEMA semblant_bench_database");
  await client.query("SET search_path = semblant_bench_database");
  server.exec("CREATE TABLE faces (id bigint PRIMARY KEY, embedding bytea)");
  file.exec("CREATE TABLE faces (id INTEGER PRIMARY KEY, embedding BLOB)");
  server.exec(`INSERT INTO faces SELECT i, decode(repeat(md5(i::text), ${bytes / 16}), 'hex') FROM generate_series(1, ${rows}) AS i`);
  file.exec(
    `INSERT INTO faces WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows}) SELECT i, randomblob(${bytes}) FROM n`,
  );
  await compareStatements();
  await compareReading();
  lookedAtOneByOne();
} finally {
  server.exec("DROP SCHEMA semblant_bench_database CASCADE");
  await client.end();
  server.close();
  file.close();
  started?.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** Microseconds of one of many. */
async function each(count: number, work: (i: number) => unknown): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < count; i++) await work(i);
  return ((performance.now() - start) / count) * 1000;
}

async function compareStatements(): Promise<void> {
  const text = "SELECT id FROM faces WHERE id = ";
  const ask = (database: Database) => {
    const statement = database.prepare(`${text}?`).pluck();
    return () => each(statements, (i) => statement.get(i + 1));
  };
  const sides = [
    ask(server),
    () => each(statements, (i) => client.query({ name: "one", text: `${text}$1`, values: [i + 1] })),
    ask(file),
  ] as const;
  const [ours, theirs, files] = await inTurn(sides);
  record({
    name: "database-statement",
    ours: { value: median(ours), unit: "µs a statement, waited for" },
    peer: { name: "pg, not waited for", version, value: median(theirs) },
    ratio: median(ours.map((value, i) => (theirs[i] as number) / value)),
    sqlite: median(files),
    setting: { rounds, statements },
  });
}

async function compareReading(): Promise<void> {
  const text = "SELECT id, embedding FROM faces";
  const read = (database: Database) => () => each(1, () => database.prepare(text).raw().all());
  const sides = [read(server), () => each(1, () => client.query({ text, rowMode: "array" })), read(file)] as const;
  const speeds = (await inTurn(sides)).map((side) => side.map((microseconds) => (rows * bytes) / microseconds)) as [
    number[],
    number[],
    number[],
  ];
  const [ours, theirs, files] = speeds;
  record({
    name: "database-reading",
    ours: { value: median(ours), unit: "MB of embeddings a second" },
    peer: { name: "pg", version, value: median(theirs) },
    ratio: median(ours.map((value, i) => value / (theirs[i] as number))),
    sqlite: median(files),
    setting: { rounds, rows, bytes },
  });
}

async function inTurn(sides: readonly (() => Promise<number>)[]): Promise<[number[], number[], number[]]> {
  const taken: [number[], number[], number[]] = [[], [], []];
  for (let round = -1; round < rounds; round++) {
    const order = round % 2 === 0 ? [0, 1, 2] : [2, 1, 0];
    for (const side of order) {
      const value = await (sides[side] as () => Promise<number>)();
      if (round >= 0) (taken[side] as number[]).push(value);
    }
  }
  return taken;
}

function lookedAtOneByOne(): void {
  const before = process.memoryUsage.rss();
  let [most, seen] = [before, 0];
  for (const _ of server.prepare("SELECT id, embedding FROM faces").raw().iterate()) {
    if (++seen % 1000 === 0) most = Math.max(most, process.memoryUsage.rss());
  }
  console.log(`${seen} rows looked at one by one: ${((most - before) / 2 ** 20).toFixed(0)} MiB more than before`);
}
