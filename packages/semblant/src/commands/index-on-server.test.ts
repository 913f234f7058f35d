import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { DataError, OptionError } from "@semblant/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type IndexFolderOptions, indexFolder } from "../../../photos/src/asking/index-folder.ts";
import { type DebianServer, hasDebian, startDebian } from "../../../photos/src/database/fixtures/debian-server.ts";
import { openPostgres } from "../../../photos/src/database/postgres.ts";
import { emptyFolder, red, writePhotos } from "../../../photos/src/library/fixtures/photos.ts";
import { openReader } from "../../../photos/src/library/fixtures/pixel-reader.ts";
import { claimOfWalk } from "../../../photos/src/queue/presence.ts";

const count = 24;
const program = new URL("./fixtures/index-pixels.ts", import.meta.url).pathname;

/** A line to the server that can be cut, and refuses until it is whole again. */
class Line {
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  readonly #to: number;
  whole = true;

  constructor(to: number) {
    this.#to = to;
    this.#server = createServer((from) => {
      if (!this.whole) return from.destroy();
      const on = connect(this.#to, "127.0.0.1");
      for (const socket of [from, on]) {
        this.#sockets.add(socket);
        socket.on("error", () => {});
        socket.on("close", () => {
          from.destroy();
          on.destroy();
        });
      }
      from.pipe(on).pipe(from);
    });
  }

  async open(): Promise<number> {
    await new Promise<void>((done) => this.#server.listen(0, "127.0.0.1", done));
    return (this.#server.address() as { port: number }).port;
  }

  cut(): void {
    this.whole = false;
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }

  close(): void {
    this.cut();
    this.#server.close();
  }
}

describe.runIf(hasDebian)("semblant index with a library on a server", () => {
  let server: DebianServer;
  let photos: string;
  let schemas = 0;
  const children: ChildProcess[] = [];
  beforeAll(async () => {
    server = await startDebian();
    photos = await writePhotos(emptyFolder(), Object.fromEntries(Array.from({ length: count }, (_, i) => [`${i}.jpg`, [[9 * i, 90, 30]]])));
  }, 240_000);
  afterAll(() => {
    for (const child of children) child.kill("SIGKILL");
    server?.stop();
    if (photos !== undefined) rmSync(photos, { recursive: true, force: true });
  });

  const newSchema = () => `index${schemas++}`;
  const sql = (schema: string, text: string) => server.psql(`SET search_path = ${schema}, public; ${text}`).trim();

  function start(folder: string, library: string, flags: readonly string[] = [], env: Record<string, string> = {}) {
    const args = ["--conditions=semblant-source", program, folder, library, ...flags];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
    children.push(child);
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (text) => {
        said += text;
      });
    }
    const ended = new Promise<{ status: number | null; said: string }>((resolve) =>
      child.on("close", (status) => resolve({ status, said })),
    );
    return { child, ended, said: () => said };
  }

  /** Waits until something is true of the server. */
  async function until(schema: string, text: string, wanted: (answer: string) => boolean): Promise<void> {
    for (;;) {
      const answer = sql(schema, `SELECT CASE WHEN to_regclass('jobs') IS NULL THEN '' ELSE 'there' END`) === "" ? "" : sql(schema, text);
      if (answer !== "" && wanted(answer)) return;
      await new Promise((done) => setTimeout(done, 50));
    }
  }

  const slow = { PIXEL_READER_PAUSE: "150" };

  it("is shared by an index and its workers, each photo once, and goes on where the line to the server is cut meanwhile", async () => {
    const schema = newSchema();
    const line = new Line(server.port);
    const cuttable = server.address(schema).replace(`:${server.port}/`, `:${await line.open()}/`);
    try {
      const walk = start(photos, server.address(schema), [], slow);
      await until(schema, "SELECT count(*) FROM jobs", (left) => Number(left) > 0);
      const worker = start(photos, cuttable, ["--worker"], slow);
      await until(schema, "SELECT count(*) FROM workers", (workers) => workers === "2");
      line.cut();
      await new Promise((done) => setTimeout(done, 500));
      line.whole = true;
      const [walked, worked] = await Promise.all([walk.ended, worker.ended]);
      expect([walked.status, walked.said]).toEqual([0, expect.stringContaining(`${photos}: ${count} photos with ${count} faces`)]);
      expect([worked.status, worked.said]).toEqual([0, expect.stringContaining(`${photos}: ${count} photos with ${count} faces`)]);
      expect(walked.said + worked.said).toContain("by other processes");
      expect(sql(schema, "SELECT count(*), max(id) FROM photos")).toBe(`${count}|${count}`); // none was written twice

      const walker = openPostgres(server.address(schema)); // another walk is under way, and finds nothing
      const key = walker.prepare("INSERT INTO walks (whole) VALUES (0) RETURNING key").pluck().get() as number;
      walker.claim(claimOfWalk(key));
      const early = start(photos, server.address(schema), ["--worker"]);
      expect(await Promise.race([early.ended, new Promise((done) => setTimeout(done, 3000))])).toBeUndefined();
      walker.close();
      expect(await early.ended).toEqual({
        status: 0,
        said: expect.stringContaining(`${photos}: nothing waits to be read. The library has ${count} photos with ${count} faces.\n`),
      });
    } finally {
      line.close();
    }
  }, 240_000);

  it("gives back at Ctrl-C what is in work, at once, also while the server is away, and says how to go on", async () => {
    const schema = newSchema();
    const line = new Line(server.port);
    const address = server.address(schema).replace(`:${server.port}/`, `:${await line.open()}/`);
    try {
      const first = start(photos, address, [], { PIXEL_READER_PAUSE: "3000" });
      await until(schema, "SELECT count(*) FROM jobs WHERE worker IS NOT NULL", (inWork) => inWork === "1");
      first.child.kill("SIGINT");
      expect(await first.ended).toEqual({
        status: 130,
        said: expect.stringContaining(`Stopped. To go on: semblant index ${photos} --library '${address}'\n`),
      });
      expect(sql(schema, "SELECT count(*), count(worker), max(suspect) FROM jobs")).toBe(`${count}|0|0`);

      const second = start(photos, address, ["--worker", "--wait"], slow);
      await until(schema, "SELECT count(*) FROM photos", (read) => Number(read) > 2);
      line.cut();
      while (!second.said().includes("does not answer")) await new Promise((done) => setTimeout(done, 50));
      second.child.kill("SIGINT");
      expect(await second.ended).toEqual({
        status: 130,
        said: expect.stringContaining(`semblant index ${photos} --worker --wait --library '${address}'\n`),
      });
    } finally {
      line.close();
    }
  }, 240_000);

  it("names what nobody could see, keeps it in the queue, and lets nobody read it with another model", async () => {
    const schema = newSchema();
    const walk = start(photos, server.address(schema), [], { PIXEL_READER_PAUSE: "3000" });
    await until(schema, "SELECT count(*) FROM jobs WHERE worker IS NOT NULL", (inWork) => inWork === "1");
    walk.child.kill("SIGKILL");
    await walk.ended;
    const some = await writePhotos(emptyFolder(), Object.fromEntries(Array.from({ length: count - 2 }, (_, i) => [`${i + 2}.jpg`, [red]])));
    const { status, said } = await start(some, server.address(schema), ["--worker"]).ended;
    expect(said).toContain("\n2 that nobody who reads could see or open:\n  0.jpg\n  1.jpg\nThey stay in the queue.");
    expect(status).toBe(1);
    expect(sql(schema, "SELECT count(*) FROM jobs")).toBe("2");
    rmSync(some, { recursive: true });
    const other = { library: server.address(schema), reader: () => openReader({ model: "other" }), asWorker: true };
    await expect(indexFolder(photos, other)).rejects.toThrow(
      'index: expected the model that the library\'s embeddings are of, "pixels" (pixels-01), but got "other" (other-01).\n' +
        "  Every worker reads with the library's model. Name it with --model, or install the same version of semblant.",
    );
    expect(sql(schema, "SELECT count(*) FROM jobs")).toBe("2");
  }, 240_000);

  it("does not take another folder for the library's own, though a name is alike, unless it is told that it is", async () => {
    const schema = newSchema();
    const options = { library: server.address(schema), reader: openReader };
    const names = ["IMG_1.jpg", "IMG_2.jpg", "IMG_3.jpg", "IMG_4.jpg", "IMG_5.jpg"];
    const own = await writePhotos(emptyFolder(), Object.fromEntries(names.map((name) => [name, [red]])));
    const other = await writePhotos(emptyFolder(), { "IMG_5.jpg": [red, red], "IMG_6.jpg": [red] });
    expect(await indexFolder(own, options)).toMatchObject({ photos: 5, read: 5 });
    const before = sql(schema, "SELECT id, path, hash FROM photos ORDER BY id");
    for (const replaceModel of [false, true]) {
      await expect(indexFolder(other, { ...options, replaceModel, smallest: 20 })).rejects.toThrow(
        new DataError(
          `index: expected ${other} to be the folder of the library's 5 photos, but of the 1 there with their names, 1 are other photos.\n` +
            "  For another folder name another library: --library postgres://.../DATABASE?schema=NAME\n" +
            "  If these were only edited: semblant index --same-folder",
        ),
      );
    }
    expect(sql(schema, "SELECT id, path, hash FROM photos ORDER BY id")).toBe(before);
    expect(sql(schema, "SELECT (SELECT count(*) FROM jobs) + (SELECT count(*) FROM facts WHERE name = 'smallest')")).toBe("0");
    expect(await indexFolder(other, { ...options, sameFolder: true })).toMatchObject({ photos: 2, read: 1, moved: 1, dropped: 3 });
    for (const folder of [own, other]) rmSync(folder, { recursive: true });
  }, 240_000);

  it("does not drop most of many photos, unless they only moved, or it is told to", async () => {
    const schema = newSchema();
    const options = { library: server.address(schema), reader: openReader };
    const some = emptyFolder();
    cpSync(photos, some, { recursive: true });
    await indexFolder(some, options);
    mkdirSync(join(some, "2019"));
    const moving = Array.from({ length: count - 2 }, (_, i) => `${i}.jpg`);
    for (const name of moving) renameSync(join(some, name), join(some, "2019", name));
    expect(await indexFolder(some, options)).toMatchObject({ photos: count, moved: count - 2, dropped: 0 });
    rmSync(join(some, "2019"), { recursive: true });
    await expect(indexFolder(some, options)).rejects.toThrow(
      new DataError(
        `index: expected ${some} to be the folder of the library's ${count} photos, but ${count - 2} of them are not there.\n` +
          "  For another folder name another library: --library postgres://.../DATABASE?schema=NAME\n" +
          "  If these were deleted: semblant index --same-folder",
      ),
    );
    expect(sql(schema, "SELECT count(*) FROM photos")).toBe(String(count));
    expect(await indexFolder(some, { ...options, sameFolder: true })).toMatchObject({ photos: 2, dropped: count - 2 });
    rmSync(some, { recursive: true });
  }, 240_000);

  it("has a worker make nothing, and refuse what it could not do before it looks into the queue", async () => {
    const schema = newSchema();
    const library = server.address(schema);
    const asked = (options: IndexFolderOptions) => indexFolder(photos, { library, reader: openReader, asWorker: true, ...options });
    await expect(asked({})).rejects.toThrow(
      new DataError(
        `library: expected a library at ${library}, but there is none.\n  Make one with: semblant index FOLDER --library ${library}`,
      ),
    );
    expect(sql(schema, `SELECT count(*) FROM pg_namespace WHERE nspname = '${schema}'`)).toBe("0");
    await indexFolder(photos, { library, reader: openReader });
    expect(await asked({})).toMatchObject({ photos: count, read: 0 });
    await expect(asked({ reader: () => openReader({ model: "other" }) })).rejects.toThrow(
      "index: expected the model that the library's embeddings are of,",
    );
    await expect(asked({ smallest: 40 })).rejects.toThrow(
      new OptionError(
        "index: expected a worker to look for the library's smallest face, the usual one, but got 40.\n" +
          "  Give --smallest to the index that fills the queue.",
      ),
    );
    server.psql(`CREATE USER looker; GRANT USAGE ON SCHEMA ${schema} TO looker; GRANT SELECT ON ALL TABLES IN SCHEMA ${schema} TO looker`);
    const theirs = library.replace("postgres@", "looker@");
    await expect(asked({ library: theirs })).rejects.toThrow(
      `library: expected the right to do this in ${theirs}, but the server refuses: permission denied for table workers.`,
    );
  }, 240_000);

  it("makes no library in the folder where a worker's is not named", async () => {
    const folder = emptyFolder();
    await expect(indexFolder(folder, { reader: openReader, asWorker: true })).rejects.toThrow(
      new OptionError(
        `index: expected a library on a server for a worker, but ${join(folder, ".semblant", "library.sqlite")} is a file, ` +
          "which one process fills.\n  Name the server: --library postgres://USER@HOST/DATABASE",
      ),
    );
    expect(readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
  });

  it("refuses a file's library to a worker, and what only a walk can do", async () => {
    expect(await start(photos, join(photos, "library.sqlite"), ["--worker"]).ended).toEqual({
      status: 1,
      said: expect.stringContaining(
        `OptionError: index: expected a library on a server for a worker, but ${join(photos, "library.sqlite")} is a file, which one process fills.`,
      ),
    });
  }, 240_000);
});
