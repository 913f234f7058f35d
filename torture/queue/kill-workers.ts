import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import type { Random } from "@semblant/core";
import type { DebianServer } from "../../packages/photos/src/database/fixtures/debian-server.ts";
import { openReader } from "../../packages/photos/src/library/fixtures/pixel-reader.ts";
import { openLibrary } from "../../packages/photos/src/library/library.ts";
import { mark, pause } from "../command.ts";

/** One library, filled by several processes that are killed over and over. */
export interface Round {
  readonly server: DebianServer;
  /** A schema of its own. */
  readonly schema: string;
  /** A folder of so many photos, each with one face. */
  readonly photos: string;
  readonly count: number;
  /** After so many kills they are left to finish; fewer, where they finish before. */
  readonly kills: number;
  /** Whether an index is killed and started again as well; else one lists the photos, is killed, and workers alone read them. */
  readonly walks: boolean;
  readonly random: Random;
  readonly label: string;
}

/** Processes at a time: one walks through the folder and reads, the others only read. */
const processes = 4;
/** Milliseconds after its start in which a process may be killed: before it is ready, and while it reads. */
const moments = { first: 100, last: 2500 };
/** Milliseconds that a photo takes, so that most kills hit one in work; and seconds that a walk may take which nobody kills. */
const reading = 20;
const longest = 120;

/** Each photo that comes into the library is a row of `audit`, whatever wrote it. */
const audit = `
  CREATE TABLE audit (path TEXT NOT NULL);
  CREATE FUNCTION note_photo() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO audit VALUES (NEW.path); RETURN NULL; END $$;
  CREATE TRIGGER noted AFTER INSERT ON photos FOR EACH ROW EXECUTE FUNCTION note_photo();
`;

/**
 * Fills a library by processes that are killed at any moment and started again. Some kills hit the line instead, which the server cuts.
 *
 * @returns how many processes were killed, and what is wrong at the end, if anything is
 */
export async function killWorkers(round: Round): Promise<{ readonly kills: number; readonly fault?: string }> {
  const { server, schema, photos, random, walks } = round;
  const address = server.address(schema);
  const sql = (text: string) => server.psql(`SET search_path = ${schema}, public; ${text}`).trim();
  (await openLibrary(photos, { file: address, reader: openReader })).close();
  sql(audit);

  let [kills, cuts, over] = [0, 0, false];
  const said: string[] = [];
  if (!walks) await list();
  const slots = Array.from({ length: processes }, (_, i) => slot(i === 0 && walks ? "index" : "worker"));
  await Promise.all(walks ? slots : [...slots, untilEmpty()]);
  const rest = ["jobs", "unseen", "errors", ...(walks ? ["found", "walks"] : [])];
  const fault = said.length > 0 ? `a process ended by itself: ${said[0]}` : faultOf(sql, round.count, rest);
  return { kills, ...(fault !== undefined && { fault: `${fault} (${kills} kills, ${cuts} lines cut)` }) };

  /** Lists the photos in the queue by an index, which is killed then. */
  async function list(): Promise<void> {
    const { child, ended } = start("index");
    for (const end = performance.now() + 1000 * longest; performance.now() < end && sql("SELECT count(*) FROM jobs") === "0"; )
      await pause(50);
    child.kill("SIGKILL");
    await ended;
    kills++;
  }

  /** Waits until the workers have read everything. */
  async function untilEmpty(): Promise<void> {
    for (const end = performance.now() + 1000 * longest; !over; await pause(300)) {
      if (sql("SELECT count(*) FROM jobs") === "0") over = true;
      else if (performance.now() > end) {
        said.push(`the workers were not done within ${longest} s`);
        over = true;
      }
    }
  }

  /** Starts one process after the other, each in place of one that was killed. */
  async function slot(role: "index" | "worker"): Promise<void> {
    while (!over) {
      const { child, ended } = start(role);
      const killed = kills < round.kills || role === "worker";
      const moment = kills < round.kills ? random.uniform(moments.first, moments.last) : Number.POSITIVE_INFINITY;
      await Promise.race([ended, until(moment)]);
      if (child.exitCode !== null || child.signalCode !== null) {
        const { status, stderr } = await ended;
        if (status !== 0) said.push(stderr.trim().slice(-300) || `status ${status}`);
        if (role === "index" || status !== 0) over = true;
        continue;
      }
      if (!killed) {
        said.push(`an index was not done within ${longest} s`);
        over = true;
      } else if (!over && random.integer(10) === 0) {
        cuts++;
        sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'semblant' ORDER BY random() LIMIT 1");
        await Promise.race([ended, until(random.uniform(0, 500))]);
      }
      if (!over) kills++;
      child.kill("SIGKILL");
      await ended;
    }
  }

  /** Waits, but not longer than the round. */
  async function until(milliseconds: number): Promise<void> {
    for (const end = performance.now() + Math.min(milliseconds, 1000 * longest); performance.now() < end && !over; ) await pause(20);
  }

  function start(role: string): { child: ChildProcess; ended: Promise<{ status: number | null; stderr: string }> } {
    const args = ["--conditions=semblant-source", join(import.meta.dirname, "worker.ts"), photos, address, role];
    const env = { ...process.env, OMP_NUM_THREADS: "1", PIXEL_READER_PAUSE: String(reading), [mark]: round.label };
    const child = spawn(process.execPath, args, { env, stdio: ["ignore", "ignore", "pipe"] });
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    const ended = new Promise<{ status: number | null; stderr: string }>((settle) =>
      child.on("close", (status) => settle({ status, stderr })),
    );
    return { child, ended };
  }
}

/** What is wrong with a library of so many photos, by what the server has of it; no row may be left in `rest`. */
function faultOf(sql: (text: string) => string, count: number, rest: readonly string[]): string | undefined {
  const doubled = sql("SELECT path || ': ' || count(*) FROM audit GROUP BY path HAVING count(*) > 1 ORDER BY path LIMIT 3");
  if (doubled !== "") return `written more than once: ${doubled.replaceAll("\n", ", ")}`;
  const tables = ["audit", "photos", "faces", "vectors"];
  const counts = sql(`SELECT ${tables.map((table) => `(SELECT count(*) FROM ${table})`).join(", ")}`).split("|");
  const wrong = tables.filter((_, i) => Number(counts[i]) !== count);
  if (wrong.length > 0) return `of ${count} photos there are ${tables.map((table, i) => `${counts[i]} in ${table}`).join(", ")}`;
  const left = rest.filter((table) => sql(`SELECT count(*) FROM ${table}`) !== "0");
  return left.length > 0 ? `rows are left in ${left.join(", ")}` : undefined;
}
