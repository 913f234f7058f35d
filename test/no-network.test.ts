import { mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canTrace, type Traced, traced } from "../torture/network/trace.ts";
import { writePhoto } from "./generated-photos.ts";

const cli = resolve(import.meta.dirname, "../packages/semblant/src/cli.ts");
const quick = ["data.count=240", "--width", "8", "--stem", "7x7", "--per-class", "4", "validation.gallery=100", "steps=3"];

/** What becomes the output lies beside it until it is whole. */
const beside = /^\.semblant-[0-9a-f]{12}\.tmp$/;

/** Each command, and what it may write below its folder. */
const commands: readonly (readonly [args: readonly string[], mayWrite: readonly RegExp[]])[] = [
  [["index", "Pictures"], [/^Pictures\/\.semblant(\/|$)/]],
  [
    ["album", "Pictures", "--size", "2", "--sheet", "album.html"],
    [/^Pictures\/\.semblant\//, /^album\.html$/, beside],
  ],
  [["search", "happy", "--in", "Pictures", "-k", "2"], [/^Pictures\/\.semblant\//]],
  [["classify", "Pictures/1.jpg"], []],
  [
    ["train", "--data", "generated", ...quick, "--out", "run"],
    [/^run(\/|$)/, /^\.semblant-cache(\/|$)/],
  ],
  [
    ["evaluate", "run"],
    [/^run(\/|$)/, /^\.semblant-cache(\/|$)/],
  ],
  [
    ["export", "run", "--out", "model.onnx"],
    [/^run(\/|$)/, /^model\.onnx$/, beside],
  ],
];
/** Devices, and what SQLite and V8 lay aside for themselves. */
const always = /^\/dev\/(null|tty|shm\/)|^\/proc\/self\/|^\/var\/tmp\/etilqs_|\/etilqs_/;

let folder: string;
beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "semblant-quiet-")));
  for (const [i, faces] of [[0], [1, 2], [3]].entries()) await writePhoto(join(folder, "work/Pictures", `${i}.jpg`), faces);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(args: readonly string[]): Traced {
  const { PATH, LIBTORCH, LD_LIBRARY_PATH } = process.env;
  const env = { PATH, LIBTORCH, LD_LIBRARY_PATH, HOME: join(folder, "home"), NO_COLOR: "1", OMP_NUM_THREADS: "1" };
  const command = [process.execPath, "--conditions=semblant-source", cli, ...args];
  return traced(command, { cwd: join(folder, "work"), env, log: join(folder, "trace.txt") });
}

// Debian and its kin: apt-get install strace. Elsewhere no test can see what the system is asked for.
describe.skipIf(!canTrace())("nothing leaves the machine (seen by strace)", () => {
  it.each(commands)("%j opens no way to another machine, and writes only where it says", (args, mayWrite) => {
    const { status, said, reached, written } = run(args);
    expect(status, said).toBe(0);
    expect(reached).toEqual([]);
    const work = join(folder, "work/");
    const elsewhere = written.filter(
      (path) => !always.test(path) && !(path.startsWith(work) && mayWrite.some((may) => may.test(path.slice(work.length)))),
    );
    expect(elsewhere).toEqual([]);
    expect(readdirSync(folder)).not.toContain("home"); // not even a cache was made there
  });

  it("a library on a server: opens a connection to the address that was given, and to no other", () => {
    const asked = ["search", "happy", "--in", "Pictures", "--library", "postgres://anna:secret@127.0.0.1:9/photos"];
    const { status, said, reached, connected } = run(asked); // nothing answers there
    expect(status).toBe(1);
    expect(connected).toEqual(["127.0.0.1:9"]);
    // The client loads Node's resolver, which reads its settings then; it would ask at port 53.
    expect(reached.filter((call) => !/^socket\(AF_INET|"\/etc\/resolv\.conf"/.test(call))).toEqual([]);
    expect(said).toMatch(/library: expected .*127\.0\.0\.1:9/);
    expect(said).not.toContain("secret");
  });

  it("would see a look-up", () => {
    const look = 'require("node:dns").lookup("example.invalid", () => {})';
    const { reached } = traced([process.execPath, "-e", look], { cwd: folder, env: process.env, log: join(folder, "look.txt") });
    expect(reached.length).toBeGreaterThan(0);
  });
});
