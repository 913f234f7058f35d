import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Embeddings, Random } from "@semblant/core";
import { afterAll, describe, expect, it } from "vitest";
import { writeEmbeddings } from "../../files/src/arrays/write-embeddings.ts";

const folder = mkdtempSync(join(tmpdir(), "semblant-room-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const linux = process.platform === "linux";
const root = process.getuid?.() === 0;
const command = resolve(import.meta.dirname, "cli.ts");

/** Runs the command in a shell, after what is said there of limits. */
function semblant(before: string, ...args: string[]) {
  const line = `${before} exec "$0" --conditions=semblant-source "$@"`;
  const { status, stdout, stderr } = spawnSync("bash", ["-c", line, process.execPath, command, ...args], { encoding: "utf8" });
  return { status, stdout, stderr: stderr.replace(/^t-SNE.*\n|^measuring.*\n|^reading.*\n/gm, "") };
}
async function rows(): Promise<string> {
  const random = new Random(0);
  const path = join(folder, "rows.npy");
  await writeEmbeddings(
    path,
    new Embeddings(
      Float32Array.from({ length: 120 }, () => random.normal()),
      4,
    ),
  );
  return path;
}
/** A file system of so many bytes, as root and where mounting is allowed; undefined elsewhere. */
function smallDisk(size: string, options = ""): string | undefined {
  const place = mkdtempSync(join(folder, "disk-"));
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${size}${options}`, "tmpfs", place], { stdio: "ignore" });
    return place;
  } catch {
    return undefined;
  }
}
const disk = linux && root ? smallDisk("16k") : undefined;
const readOnly = linux && root ? smallDisk("16k", ",ro") : undefined;
afterAll(() => {
  for (const place of [disk, readOnly]) if (place !== undefined) execFileSync("umount", [place]);
});

describe.runIf(linux)("where there is no room", () => {
  it("a file that may not grow is said in our words, with status 1 and without a stack", async () => {
    const out = join(folder, "limited.svg");
    const said = semblant("ulimit -f 1; trap '' XFSZ;", "map", await rows(), "--out", out);
    expect(said).toEqual({
      status: 1,
      stdout: "",
      stderr: `DataError: ${out}: expected to write it, but it would be longer than a file may be here (EFBIG).\n  Name another place, or raise the limit (ulimit -f).\n`,
    });
  });

  it("an output that goes to a full device is said, and a reader that has enough is no failure", () => {
    expect(semblant("exec >/dev/full;", "--help")).toMatchObject({
      status: 1,
      stderr: "DataError: the output cannot be written: no space is left on the device.\n",
    });
    const piped = spawnSync("bash", ["-c", `"$0" --conditions=semblant-source "$1" --help | head -1`, process.execPath, command], {
      encoding: "utf8",
    });
    expect([piped.stdout, piped.stderr]).toEqual(["Usage: semblant <command> [options]\n", ""]);
  });

  it("too few files that may be open are said", () => {
    const set = join(folder, "set");
    mkdirSync(set, { recursive: true });
    writeFileSync(
      join(set, "labels.csv"),
      `path,label\n${Array.from({ length: 80 }, (_, i) => `${i}.png,${i % 2 ? "a" : "b"}`).join("\n")}\n`,
    );
    for (let i = 0; i < 80; i++) writeFileSync(join(set, `${i}.png`), "no picture");
    const { status, stderr } = semblant("ulimit -n 23;", "data", "inspect", set, "data.cache=false");
    expect(stderr).not.toMatch(/\n {4}at /);
    if (status !== 0) expect(stderr).toMatch(/DataError: .*too many files are open|too many open files/i);
  });

  // The two below need root and a system that lets it mount: in a container without that right they are left out.
  it.skipIf(disk === undefined)("a full disk is said, and leaves nothing behind", async () => {
    writeFileSync(join(disk as string, "filler"), Buffer.alloc(16_384));
    const out = join(disk as string, "map.svg");
    const said = semblant("", "map", await rows(), "--out", out);
    expect(said).toMatchObject({
      status: 1,
      stderr: `DataError: ${out}: expected to write it, but no space is left on the device (ENOSPC).\n  Make room there, or name another place.\n`,
    });
    expect(execFileSync("ls", ["-A", disk as string], { encoding: "utf8" })).toBe("filler\n");
  });

  it.skipIf(readOnly === undefined)("a file system that may only be read is said before the work", async () => {
    const out = join(readOnly as string, "map.svg");
    expect(semblant("", "map", "nowhere.npy", "--out", out)).toMatchObject({
      status: 1,
      stderr: `DataError: ${out}: expected to write it, but the file system is read-only (EROFS).\n  Name another place.\n`,
    });
  });

  it.skipIf(!root)("a folder of somebody else is said before the work", () => {
    const theirs = join(folder, "theirs");
    mkdirSync(theirs, { mode: 0o755 });
    const out = join(theirs, "map.svg");
    execFileSync("chmod", ["755", folder]);
    const said = semblant("", "map", "nowhere.npy", "--out", out);
    expect(said.stderr).toMatch(/nowhere\.npy/); // root may write everywhere
    const line = `exec setpriv --reuid=65534 --regid=65534 --clear-groups "$0" --conditions=semblant-source "$@"`;
    const asNobody = spawnSync("bash", ["-c", line, process.execPath, command, "map", "nowhere.npy", "--out", out], { encoding: "utf8" });
    if (/EACCES.*(cli\.ts|node)|ERR_MODULE|setpriv/.test(asNobody.stderr) && !asNobody.stderr.includes("map.svg")) return; // it cannot read us
    expect([asNobody.status, asNobody.stderr]).toEqual([
      1,
      `DataError: ${out}: expected to write it, but permission is denied (EACCES).\n`,
    ]);
  });
});
