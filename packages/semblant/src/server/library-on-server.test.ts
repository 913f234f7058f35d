import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { AppEvent, Job } from "@semblant/api";
import { openLibrary } from "@semblant/photos";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type DebianServer, hasDebian, startDebian } from "../../../photos/src/database/fixtures/debian-server.ts";
import { emptyFolder, green, red, writePhotos } from "../../../photos/src/library/fixtures/photos.ts";
import { openReader } from "../../../photos/src/library/fixtures/pixel-reader.ts";
import { LibraryShelf } from "./library-shelf.ts";

let server: DebianServer;
let folder = "";
let cache = "";
let shelf: LibraryShelf;

// Debian and its kin: apt-get install postgresql. pgvector is not needed for it.
describe.skipIf(!hasDebian)("a library on a server that is served", () => {
  beforeAll(async () => {
    server = await startDebian();
    cache = emptyFolder();
    vi.stubEnv("XDG_CACHE_HOME", cache);
    folder = await writePhotos(emptyFolder(), { "a.jpg": [red, green], "b.jpg": [green] });
    shelf = await LibraryShelf.open(folder, { reader: openReader, file: address() });
    await ended(await shelf.jobs.start({ kind: "index" }));
  }, 60_000);
  afterAll(async () => {
    await shelf.close();
    server.stop();
    vi.unstubAllEnvs();
    for (const place of [folder, cache]) rmSync(place, { recursive: true, force: true });
  });

  const address = () => server.address("served").replace("postgres@", "postgres:hush@");
  async function ended(job: Job): Promise<Job> {
    for (;;) {
      const now = (await shelf.jobs.list()).find(({ id }) => id === job.id) as Job;
      if (now.state !== "running") return now;
      await new Promise((done) => setTimeout(done, 20));
    }
  }

  it("says where it lies, without the password, and leaves nothing beside the photos", async () => {
    const about = await shelf.about();
    expect(about).toMatchObject({ photos: 2, faces: 3, readonly: false });
    expect(about.database).toBe(server.address("served"));
    expect(JSON.stringify([about, shelf.place])).not.toContain("hush");
    expect(existsSync(join(folder, ".semblant"))).toBe(false);
  });

  it("answers in a thread with a connection of its own", async () => {
    const { faces } = await shelf.ask({ question: "classify" });
    expect(faces).toHaveLength(3);
  });

  it("shows what others write meanwhile: a correction, and a photo that another process read", async () => {
    const events: AppEvent[] = [];
    const end = shelf.watch((event) => events.push(event));
    const before = (await shelf.about()).revision;
    const other = await openLibrary(folder, { file: address(), reader: openReader });
    const [face] = (await shelf.faces()).faces;
    other.correct({ kind: "label", face: face?.id as number, label: "sadness" });
    await vi.waitUntil(async () => (await shelf.faces()).faces.some(({ label }) => label === "sadness"), { timeout: 20_000 });
    await writePhotos(folder, { "c.jpg": [red] });
    for await (const _ of other.index());
    other.close();
    await vi.waitUntil(async () => (await shelf.faces()).faces.length === 4, { timeout: 20_000 });
    end();
    expect((await shelf.about()).revision).toBeGreaterThan(before + 1);
    expect(events.filter(({ type }) => type === "revision").length).toBeGreaterThanOrEqual(2);
    expect((await shelf.ask({ question: "classify" })).faces).toHaveLength(4);
  });

  it("keeps small pictures in the user's cache", async () => {
    const [photo] = (await shelf.photos()).photos;
    expect((await shelf.thumbnail({ photo: photo?.id as number })).type).toBe("image/webp");
    if (process.platform !== "linux") return;
    const [own = ""] = readdirSync(join(cache, "semblant/libraries"));
    expect(readdirSync(join(cache, "semblant/libraries", own))).toContain("thumbnails.sqlite");
  });

  it("is corrected and taught from the page", async () => {
    const [face] = (await shelf.faces()).faces;
    const id = await shelf.correct({ kind: "not a face", face: face?.id as number });
    expect((await shelf.faces()).faces).toHaveLength(3);
    await shelf.withdraw(id);
    expect((await shelf.faces()).faces).toHaveLength(4);
    await shelf.keep("people", { anna: [1] });
    expect(await shelf.document("people")).toEqual({ anna: [1] });
    expect(await shelf.taught?.list()).toEqual([]);
  });
});
