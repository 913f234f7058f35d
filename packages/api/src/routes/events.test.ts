import { afterEach, describe, expect, it, vi } from "vitest";
import { createApi, type ExtraRoutes } from "../create-api.ts";
import { memoryShelf } from "../fixtures/memory-shelf.ts";
import { newResource } from "../http/resource.ts";
import { appEvent } from "../schemas/jobs.ts";
import type { AppEvent } from "../shelf/jobs.ts";

/** Opens the stream; `next` has the events of the next piece, and "here" for a sign of life. */
async function listen(shelf = memoryShelf(), extra: readonly ExtraRoutes[] = []) {
  const abort = new AbortController();
  const response = await createApi(shelf, extra)(new Request("http://localhost/api/events", { signal: abort.signal }));
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const next = async () => {
    const { done, value } = await reader.read();
    if (done) return "ended";
    const lines = new TextDecoder().decode(value).split("\n\n").filter(Boolean);
    return lines.map((line) => (line.startsWith("data: ") ? appEvent.parse(JSON.parse(line.slice(6))) : line));
  };
  return { shelf, abort, response, reader, next };
}

describe("events", () => {
  afterEach(() => void vi.useRealTimers());

  it("begin with the revision and the jobs that run, then tell what happens", async () => {
    const shelf = memoryShelf();
    const running = await shelf.jobs.start({ kind: "index" });
    const { response, next, abort } = await listen(shelf);
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await next()).toEqual(["retry: 1000"]);
    expect(await next()).toEqual([
      { type: "revision", revision: 1 },
      { type: "job", job: running },
    ]);
    await shelf.correct({ kind: "label", face: 1, label: "sadness" });
    expect(await next()).toEqual([{ type: "revision", revision: 2 }]);
    await shelf.keep("saved-searches", []);
    expect(await next()).toEqual([{ type: "document", name: "saved-searches" }]);
    abort.abort();
  });

  it("end where the library cannot be asked, and leave nobody listening", async () => {
    const shelf = memoryShelf();
    const before = shelf.listeners.size;
    shelf.about = async () => {
      throw new Error("gone");
    };
    const { next } = await listen(shelf);
    expect([await next(), await next()]).toEqual([["retry: 1000"], "ended"]);
    expect(shelf.listeners.size).toBe(before + 1); // the API's own
  });

  it("tell what happens to runs of trainings, too, each as it was last", async () => {
    const told = new Set<(event: AppEvent) => void>();
    const watch = (listener: (event: AppEvent) => void) => {
      told.add(listener);
      return () => void told.delete(listener);
    };
    const { next, reader } = await listen(memoryShelf(), [{ name: "runs", routes: newResource(), watch }]);
    await next();
    await next();
    for (const run of ["7", "7", "8"]) for (const tell of told) tell({ type: "run", run });
    expect(await next()).toEqual([
      { type: "run", run: "7" },
      { type: "run", run: "8" },
    ]);
    await reader.cancel();
    expect(told.size).toBe(0);
  });

  it("tell a slow reader the last state of each job only", async () => {
    const { shelf, next, abort } = await listen();
    await next();
    await next();
    const { id } = await shelf.jobs.start({ kind: "index" });
    for (let done = 1; done <= 1000; done++) shelf.step(id, { progress: { done } });
    const seen: unknown[] = [];
    for (let last = 0; last < 1000; ) {
      for (const event of (await next()) as { job: { progress: { done: number } } }[]) {
        seen.push(event);
        last = event.job.progress.done;
      }
    }
    expect(seen.length).toBeLessThan(10);
    abort.abort();
  });

  it("end when the request is aborted or the reader goes, and leave no listener behind", async () => {
    const shelf = memoryShelf();
    const before = createApiListeners(shelf);
    const { abort, next } = await listen(shelf);
    await next();
    await next();
    abort.abort();
    expect(await next()).toBe("ended");
    const other = await listen(shelf);
    await other.next();
    await other.reader.cancel();
    // each API listens itself, for as long as it lives
    expect(shelf.listeners.size).toBe(before + 2);
  });

  it("give a sign of life where nothing happens", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const { next, abort } = await listen();
    await next();
    await next();
    const waiting = next();
    await new Promise((resolve) => setImmediate(resolve));
    vi.advanceTimersByTime(15_000);
    expect(await waiting).toEqual([": here"]);
    abort.abort();
  });
});

const createApiListeners = (shelf: ReturnType<typeof memoryShelf>) => shelf.listeners.size;
