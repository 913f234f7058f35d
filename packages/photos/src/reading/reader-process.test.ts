import { spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { search } from "../asking/search.ts";
import { blue, emptyFolder, green, red, writePhotos } from "../library/fixtures/photos.ts";
import { childrenOf, processorTicks } from "../library/fixtures/processes.ts";
import type { IndexOptions, IndexSummary } from "../library/index-photos.ts";
import { openLibrary } from "../library/library.ts";
import { readerInProcess } from "./reader-process.ts";
import { readingLimits } from "./reading-limits.ts";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const unruly = new URL("../library/fixtures/unruly-reader.ts", import.meta.url);
const white = [230, 230, 230] as const;
const calm = Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`calm-${i}.jpg`, [[30 * i, 90, 10 * i] as const]]));

async function folderOf(photos: Parameters<typeof writePhotos>[1]): Promise<string> {
  const folder = await writePhotos(emptyFolder(), photos);
  folders.push(folder);
  return folder;
}

async function indexed(folder: string, options: IndexOptions = {}): Promise<{ paths: string[]; summary: IndexSummary }> {
  using library = await openLibrary(folder, { reader: unruly });
  const run = library.index({ photoSeconds: 6, photoMemory: 700, workers: 2, ...options });
  const paths: string[] = [];
  for (let step = await run.next(); ; step = await run.next()) {
    if (step.done) return { paths, summary: step.value };
    paths.push(step.value.path);
  }
}

describe("a photo that hangs, swells or breaks what reads it", () => {
  it("is named with the reason, after all others were read, and not tried again before something changes", async () => {
    const folder = await folderOf({ "a-hangs.jpg": [red], "b-swells.jpg": [green], "c-breaks.jpg": [blue], ...calm });
    const { paths, summary } = await indexed(folder);
    expect(summary).toMatchObject({ photos: 6, read: 6 });
    const reasons = Object.fromEntries(summary.errors.map(({ path, reason }) => [path, reason]));
    expect(reasons["a-hangs.jpg"]).toMatch(/^it was not read within 6 seconds/);
    expect(reasons["b-swells.jpg"]).toBe("reading it took more than 700 MiB of memory");
    expect(reasons["c-breaks.jpg"]).toBe("the process that reads photos ended by itself (SIGABRT)");
    expect(paths.slice(6).sort()).toEqual(["a-hangs.jpg", "b-swells.jpg", "c-breaks.jpg"]);

    rmSync(join(folder, "a-hangs.jpg")); // which would be waited for twice in each of what follows

    const again = await indexed(folder);
    expect(again.paths).not.toContain("b-swells.jpg");
    expect(again.paths).not.toContain("c-breaks.jpg");
    const roomier = await indexed(folder, { photoMemory: 710 });
    expect(roomier.paths).toContain("b-swells.jpg");
  });

  it("is tried again by each index where something outside of it ended the process", async () => {
    const folder = await folderOf({ "a.jpg": [white], ...calm });
    for (let time = 0; time < 2; time++) {
      const { paths, summary } = await indexed(folder);
      expect(paths.at(-1)).toBe("a.jpg");
      expect(summary.errors).toEqual([
        { path: "a.jpg", reason: "the process that reads photos was ended from outside (SIGKILL); memory may have been short" },
      ]);
    }
  });

  it("is not blamed where the process cannot even start: the reason is what it complained of, not the last line of a stack", async () => {
    const code = 'setTimeout(() => { throw new TypeError("the folder is gone") }); export const openReader = () => new Promise(() => {});';
    const reader = readerInProcess({ url: `data:text/javascript,${encodeURIComponent(code)}` }, readingLimits());
    await expect(reader.card()).rejects.toThrow(
      "library: the process that reads photos ended by itself (status 1) at its start.\n  TypeError: the folder is gone",
    );
    await reader.close();
  });

  it("costs a search by it no more than a sentence", async () => {
    const folder = await folderOf(calm);
    await indexed(folder);
    const elsewhere = await folderOf({ "breaks.jpg": [blue] });
    using library = await openLibrary(folder, { reader: unruly });
    await expect(search(library, join(elsewhere, "breaks.jpg"))).rejects.toMatchObject({
      name: "DataError",
      message: "photo: the process that reads photos ended by itself (SIGABRT).",
    });
    expect((await search(library, join(folder, "calm-1.jpg"))).hits).toHaveLength(5);
  });

  it("does not hold up the end: closing the reader ends its process while it hangs", async () => {
    const folder = await folderOf({ "a.jpg": [red] });
    const reader = readerInProcess({ url: unruly.href }, readingLimits());
    await reader.card();
    const reading = reader.read(join(folder, "a.jpg"), () => true);
    await new Promise((done) => setTimeout(done, 500));
    await reader.close();
    expect(await reading).toMatchObject({ cause: "ended from outside" });
  });

  it.runIf(existsSync("/proc/self/stat"))("leaves no process behind when the one that reads for is killed", async () => {
    const folder = await folderOf({ "a.jpg": [red], "b.jpg": [red], ...calm });
    const program = `
      import { openLibrary } from ${JSON.stringify(new URL("../library/library.ts", import.meta.url).href)};
      const library = await openLibrary(process.argv[1], { reader: new URL(${JSON.stringify(unruly.href)}) });
      for await (const step of library.index({ workers: 2 })) console.log(step.path);`;
    const flags = ["--conditions=semblant-source", "--input-type=module", "--eval", program, folder];
    const child = spawn(process.execPath, flags, { stdio: "ignore" });
    const own = () => childrenOf(child.pid as number);
    await until(() => own().length === 2 && own().every((pid) => processorTicks(pid) > 0));
    const readers = own();
    await until(() => readers.every((pid) => processorTicks(pid) > 300)); // both are in what hangs
    child.kill("SIGKILL");
    await until(() => readers.every((pid) => !existsSync(`/proc/${pid}`)));
    expect(readers).toHaveLength(2);
  });
});

async function until(test: () => boolean): Promise<void> {
  while (!test()) await new Promise((done) => setTimeout(done, 20));
}
