import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyFolder, green, photoBytes, red, writePhotos } from "../../../photos/src/library/fixtures/photos.ts";
import { openReader } from "../../../photos/src/library/fixtures/pixel-reader.ts";
import { appHandler, serveApp } from "./app-server.ts";
import { LibraryShelf } from "./library-shelf.ts";

const markup = "img src=x onerror=alert(1)";
const page = mkdtempSync(join(tmpdir(), "semblant-page-"));
writeFileSync(join(page, "index.html"), "<!doctype html>page");
let folder = "";
let shelf: LibraryShelf;
let handle: (request: Request) => Promise<Response>;
const token = "x".repeat(43);
beforeAll(async () => {
  folder = await writePhotos(emptyFolder(), { [`<${markup}>.jpg`]: [red, green], "b.jpg": [green] });
  shelf = await LibraryShelf.open(folder, { reader: openReader });
  handle = appHandler({ shelf, page }, { host: "127.0.0.1", port: 4100, token });
  await ask("/api/jobs", { method: "POST", body: '{"kind":"index"}' });
  while (shelf.jobs.someRun) await new Promise((done) => setTimeout(done, 20));
});
afterAll(async () => {
  await shelf.close();
  for (const path of [folder, page]) rmSync(path, { recursive: true, force: true });
});

const ask = (path: string, init: RequestInit = {}) => {
  const json = typeof init.body === "string" ? { "content-type": "application/json" } : {};
  const headers = { authorization: `Bearer ${token}`, ...json, ...init.headers };
  return handle(new Request(`http://127.0.0.1:4100${path}`, { ...init, headers }));
};

describe("the app's server", () => {
  it("answers the API and the page, and nothing without the token", async () => {
    expect(await (await ask("/api")).json()).toMatchObject({ home: "server", photos: 2, faces: 3 });
    expect(await (await ask("/photos/1")).text()).toBe("<!doctype html>page");
    for (const path of ["/api", "/api/photos", "/api/faces/embeddings", "/api/photos/1/picture", "/api/events", "/api/openapi.json", "/"])
      expect([path, (await ask(path, { headers: { authorization: "Bearer wrong" } })).status]).toEqual([path, 401]);
  });

  it("gives names and labels that hold script as data, which no browser takes for a page", async () => {
    const [face] = (await shelf.faces()).faces;
    const label = `<${markup}>`;
    const body = JSON.stringify({ kind: "label", face: face?.id, label });
    expect((await ask("/api/corrections", { method: "POST", body })).status).toBeLessThan(300);
    for (const path of ["/api/photos", "/api/corrections", "/api/faces", "/api"]) {
      const answer = await ask(path);
      expect([path, answer.headers.get("content-type"), answer.headers.get("x-content-type-options")]).toEqual([
        path,
        expect.stringMatching(/^application\/json/),
        "nosniff",
      ]);
      if (path === "/api/photos" || path === "/api/corrections") expect(await answer.text()).toContain(markup);
    }
    const picture = await ask(`/api/photos/${face?.photo}/picture?side=100`);
    expect([picture.headers.get("content-type"), picture.headers.get("x-content-type-options")]).toEqual(["image/jpeg", "nosniff"]);
  });

  it("keeps documents with markup as they are, and refuses what is no document", async () => {
    const value = JSON.stringify({ name: "</script><script>alert(1)</script>" });
    expect((await ask("/api/documents/searches", { method: "PUT", body: value })).status).toBeLessThan(300);
    const answer = await ask("/api/documents/searches");
    expect(await answer.text()).toContain("alert(1)");
    expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
    expect((await ask("/api/documents/none")).status).toBe(204);
    expect((await ask("/api/documents/..%2f..%2fetc", { method: "PUT", body: value })).status).toBeGreaterThanOrEqual(400);
  });

  it("takes pictures that somebody sends, and names what is none", async () => {
    const form = new FormData();
    form.append("file", new File([(await photoBytes([red], 40)) as Uint8Array<ArrayBuffer>], "2024/up.jpg"));
    form.append("file", new File([(await photoBytes([red], 41)) as Uint8Array<ArrayBuffer>], "../../climbs.jpg"));
    form.append("file", new File(["<script>alert(1)</script>"], "page.jpg", { type: "image/jpeg" }));
    const answer = await ask("/api/photos", { method: "POST", body: form });
    const { added, refused } = (await answer.json()) as { added: string[]; refused: { name: string }[] };
    expect(added).toEqual([expect.stringMatching(/^Added [\d-]+\/2024\/up\.jpg$/)]);
    expect(refused.map(({ name }) => name).sort()).toEqual(["../../climbs.jpg", "page.jpg"]);
  });

  it("takes large bodies one after the other, and others meanwhile", async () => {
    const body = () => {
      let given = 0;
      let end = () => {};
      const ended = new Promise<void>((done) => (end = done));
      const stream = new ReadableStream<Uint8Array>(
        {
          async pull(controller) {
            if (given++ > 4) {
              await ended;
              controller.close();
            } else controller.enqueue(new Uint8Array(10));
          },
        },
        { highWaterMark: 0 },
      );
      const init = { method: "POST", body: stream, duplex: "half", headers: { "content-type": "image/jpeg" } } as RequestInit;
      return { given: () => given, end: () => end(), answer: ask("/api/look", init) };
    };
    const [first, second] = [body(), body()];
    while (first.given() < 5) await new Promise((done) => setTimeout(done, 5));
    expect((await ask("/api/groups", { method: "POST", body: '{"k":1}', headers: { "content-length": "7" } })).status).toBe(200);
    expect(second.given()).toBeLessThan(4);
    for (const { end } of [first, second]) end();
    expect([(await first.answer).status, (await second.answer).status]).toEqual([409, 409]);
    expect(second.given()).toBeGreaterThan(4);
  });

  it("refuses what is too large without reading it", async () => {
    const large = { method: "POST", body: "{}", headers: { "content-length": String(5 * 2 ** 30) } };
    for (const path of ["/api/photos", "/api/look", "/api/groups", "/api/documents/a"]) expect((await ask(path, large)).status).toBe(413);
  });

  it("leads no path of the API anywhere else", async () => {
    const ways = ["/api/../secret", "/api/photos/..%2f..%2fetc%2fpasswd/picture", "/api/photos/%2e%2e/picture", "/api/documents/%2e%2e%2f"];
    for (const path of ways) {
      const answer = await ask(path);
      const text = await answer.text();
      expect([path, text.includes("root:")]).toEqual([path, false]);
      if (answer.status === 200) expect(text).toBe("<!doctype html>page");
    }
  });
});

describe("a library of a newer version", () => {
  it("is refused in the command's words", async () => {
    const other = await writePhotos(emptyFolder(), { "a.jpg": [red] });
    await (await LibraryShelf.open(other, { reader: openReader })).close();
    const file = new Database(join(other, ".semblant", "library.sqlite"));
    file.pragma("user_version = 99");
    file.close();
    await expect(LibraryShelf.open(other, { reader: openReader })).rejects.toThrow("but it is of format 99, of a newer semblant.");
    const answer = await ask("/api/library", { method: "POST", body: JSON.stringify({ path: other }) });
    expect(await answer.json()).toMatchObject({ error: { kind: "DataError", message: expect.stringContaining("of a newer semblant") } });
    expect(await (await ask("/api")).json()).toMatchObject({ root: folder });
    rmSync(other, { recursive: true });
  });
});

let slow: unknown;
const bound = (of: object, name: string | symbol) => {
  const value: unknown = Reflect.get(of, name);
  return typeof value === "function" ? value.bind(of) : value;
};

describe("a socket", () => {
  it("answers on this machine, tells events, and ends with them open", async () => {
    const server = await serveApp({ shelf, page, token });
    const at = new URL(server.address);
    expect([at.hostname, at.searchParams.get("token"), Number(at.port)]).toEqual(["127.0.0.1", token, server.port]);
    const signed = await fetch(at, { redirect: "manual" });
    const cookie = (signed.headers.get("set-cookie") as string).split(";")[0] as string;
    expect([signed.status, cookie]).toEqual([303, `semblant-${server.port}=${token}`]);
    expect((await fetch(`${at.origin}/api`, { headers: { cookie } })).status).toBe(200);
    expect((await fetch(`${at.origin}/api`)).status).toBe(401);
    const events = await fetch(`${at.origin}/api/events`, { headers: { cookie } });
    expect(events.headers.get("content-type")).toMatch(/^text\/event-stream/);
    const ended = (events.body as ReadableStream<Uint8Array>).pipeTo(new WritableStream()).catch(() => "cut");
    await server.close();
    await ended;
    await expect(fetch(`${at.origin}/api`)).rejects.toThrow();
  });

  it("stops a question that nobody waits for any more", async () => {
    let stopped: unknown;
    const asked = new Promise<void>((begun) => {
      const ask = (_asked: unknown, _filter: unknown, signal?: AbortSignal) =>
        new Promise<never>((_, fail) => {
          signal?.addEventListener("abort", () => {
            stopped = signal.reason;
            fail(signal.reason);
          });
          begun();
        });
      slow = new Proxy(shelf, { get: (of, name) => (name === "ask" ? ask : bound(of, name)) });
    });
    const server = await serveApp({ shelf: slow as LibraryShelf, page, token });
    const waiting = new AbortController();
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const answer = fetch(`${new URL(server.address).origin}/api/groups`, { method: "POST", body: "{}", headers, signal: waiting.signal });
    await asked;
    waiting.abort();
    await expect(answer).rejects.toThrow();
    while (stopped === undefined) await new Promise((done) => setTimeout(done, 10));
    await server.close();
  });

  it("gives the address that it listens at, and tickets to it", async () => {
    for (const host of ["127.0.0.1", "localhost", "127.0.0.2"]) {
      const server = await serveApp({ shelf, page, token, host }).catch(() => undefined); // not every machine has them all
      if (server === undefined) continue;
      const answers = await Promise.all([server.address, server.ticket()].map((at) => fetch(at, { redirect: "manual" })));
      expect([host, ...answers.map(({ status }) => status)]).toEqual([host, 303, 303]);
      expect(server.ticket()).not.toContain(token);
      await server.close();
    }
  });

  it("that is taken, or a host that is none, is said", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((done) => other.once("listening", done));
    const { port } = other.address() as { port: number };
    await expect(serveApp({ shelf, page, port })).rejects.toThrow(
      `app: expected port ${port} to be free, but another program listens there.\n  Name another with --port, or none: a free one is taken then.`,
    );
    other.close();
    await expect(serveApp({ shelf, page, host: "192.0.2.1" })).rejects.toThrow(
      'app: expected a host of this machine, but "192.0.2.1" is none.',
    );
  });
});
