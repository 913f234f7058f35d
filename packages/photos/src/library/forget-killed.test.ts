import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Random } from "@semblant/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { search } from "../asking/search.ts";
import { blue, emptyFolder, green, red, writePhotos } from "./fixtures/photos.ts";
import { openReader } from "./fixtures/pixel-reader.ts";
import { blob } from "./float-bytes.ts";
import { openLibrary } from "./library.ts";

let place = "";
let traces: (Buffer | string)[] = [];
beforeEach(async () => {
  place = emptyFolder();
  const folder = await writePhotos(join(place, "before"), { "kept.jpg": [red], "secret/me.jpg": [green, blue], "secret/you.jpg": [blue] });
  const library = await openLibrary(folder, { reader: openReader });
  for await (const _ of library.index());
  library.correct({ kind: "hide", path: "secret/me.jpg" });
  await search(library, 1, { approximate: true });
  const { faces, photos, embeddings } = library.faceSet({ folder: "secret", hidden: true });
  traces = ["secret", ...[...photos.values()].map(({ hash }) => hash)];
  for (let i = 0; i < faces.length; i++) traces.push(Buffer.from(blob(embeddings.row(i))));
  library.close();
  writeFileSync(join(folder, ".semblant", "library.sqlite.damaged"), "secret: what a repair kept");
  writeFileSync(join(folder, ".semblant", "library.codes.77"), "secret: of an index that was being written");
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

const holds = (folder: string) =>
  readdirSync(join(folder, ".semblant")).filter((name) =>
    traces.some((trace) => readFileSync(join(folder, ".semblant", name)).includes(trace)),
  );

const program = new URL("./fixtures/ask-once.ts", import.meta.url).pathname;
const command = (folder: string, what: string, given = "") => [
  process.execPath,
  "--conditions=semblant-source",
  program,
  what,
  folder,
  given,
];
const calls = "pwrite64,write,ftruncate,fdatasync,fsync,unlink,rename,openat";

/** Under strace, which ends the process at the n-th system call that touches a file of the library; returns how many such calls there were. */
function traced(folder: string, n?: number): number {
  const own = join(folder, ".semblant", "library.sqlite");
  const paths = ["", "-wal", "-shm", ".lock"].flatMap((ending) => ["-P", own + ending]);
  const inject = n === undefined ? [] : ["-e", `inject=${calls}:signal=KILL:when=${n}`];
  const { stderr } = spawnSync(
    "strace",
    ["-f", "-qq", ...paths, "-e", `trace=${calls}`, ...inject, ...command(folder, "forget", "secret")],
    {
      encoding: "utf8",
      timeout: 60_000,
      maxBuffer: 2 ** 26,
    },
  );
  return stderr.split("\n").filter((line) => /\(.*\) += /.test(line)).length;
}

const hasStrace = spawnSync("strace", ["-V"]).status === 0;

/** All steps with SEMBLANT_TORTURE; without, a seeded one of each part of the way. */
function steps(count: number): number[] {
  const all = Array.from({ length: count }, (_, i) => i + 1);
  if (process.env.SEMBLANT_TORTURE) return all;
  const random = new Random(4);
  const parts = 16;
  return [...new Set(Array.from({ length: parts }, (_, i) => Math.min(count, 1 + Math.floor(((i + random.uniform()) * count) / parts))))];
}

describe.skipIf(!hasStrace)("forget, killed at a system call", () => {
  it("is ended by the next forget, or by whatever opens the library next", { timeout: 3_600_000 }, () => {
    const count = copied("counted", (folder) => traced(folder));
    expect(count).toBeGreaterThan(20);
    let unfinished = 0;
    for (const [i, n] of steps(count).entries()) {
      copied(`killed-${n}`, (folder) => {
        traced(folder, n);
        const [forgotten, left] = [holds(folder).length === 0, holds(folder)];
        const again = i % 2 === 0;
        const next = again ? command(folder, "forget", "secret") : command(folder, "open");
        const said = execFileSync(next[0] as string, next.slice(1), { encoding: "utf8", timeout: 60_000 });
        const ended = forgotten && said.includes('it knows nothing of "secret"'); // killed when all was done: not a byte is left
        if (!ended) expect(said, `call ${n}`).not.toMatch(/^(\w*Error|.*knows nothing)/);
        if (again) expect(holds(folder), `call ${n}, then forget; before: ${left.join(", ")}`).toEqual([]);
        else if (!forgotten && !isThere(folder)) {
          unfinished++;
          expect(holds(folder), `call ${n}, then open; before: ${left.join(", ")}`).toEqual([]);
        }
      });
    }
    expect(unfinished).toBeGreaterThan(0);
  });
});

function copied<T>(name: string, work: (folder: string) => T): T {
  const folder = join(place, name);
  cpSync(join(place, "before"), folder, { recursive: true });
  try {
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether the photos are known still: the process ended before anything was forgotten. */
function isThere(folder: string): boolean {
  const said = execFileSync(process.execPath, command(folder, "forget", "secret").slice(1), { encoding: "utf8" });
  return !said.includes("knows nothing");
}
