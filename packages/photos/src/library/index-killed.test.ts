import { rmSync } from "node:fs";
import { join } from "node:path";
import { Random } from "@semblant/core";
import { afterAll, describe, expect, it } from "vitest";
import { Patience } from "../queue/patience.ts";
import type { PhotoReader } from "../reading/readers.ts";
import { emptyFolder, writePhotos } from "./fixtures/photos.ts";
import { pixelCard } from "./fixtures/pixel-reader.ts";
import { indexPhotos } from "./index-photos.ts";
import { settleModel } from "./library-model.ts";
import { type LibraryFile, openFile } from "./open-file.ts";
import { PhotoRows } from "./photo-rows.ts";

const folder = emptyFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const names = Array.from({ length: 12 }, (_, i) => `${String(i).padStart(2, "0")}.jpg`);
const culprit = "05.jpg";

/** Reads nothing: some turns later it says so, or that its process was ended; the culprit ends it each time. */
function fakeReader(random: Random, kills: number): PhotoReader {
  return {
    card: async () => pixelCard(),
    async read(place) {
      for (let turns = random.integer(6); turns > 0; turns--) await new Promise(setImmediate);
      if (place.endsWith(culprit)) return { reason: "the process that reads photos ended by itself (SIGSEGV)", cause: "ended" };
      if (random.uniform() < kills)
        return { reason: "the process that reads photos was ended from outside (SIGKILL)", cause: "ended from outside" };
      const hash = place.slice(-6).padStart(64, "0");
      return { hash, width: 48, height: 48, perceptualHash: 0n, faces: [] };
    },
    renew: async () => {},
    close: async () => {},
  };
}

/** One index; killed after so many turns of the event loop, as far as the file can tell: nothing more reaches it. */
async function run(random: Random, path: string, turns: number, kills: number): Promise<void> {
  const file: LibraryFile = openFile(path, { readonly: false });
  settleModel(file, pixelCard(), { replace: false, vectors: false });
  const indexing = {
    file,
    root: folder,
    rows: () => new PhotoRows(file, false),
    openReaders: async (count: number) => Array.from({ length: count }, () => fakeReader(random, kills)),
    agree: () => {},
    begin: async () => {},
    patience: new Patience(file, undefined),
    workers: 2,
  };
  let killed = false;
  const kill = async () => {
    for (let left = turns; left > 0; left--) await new Promise(setImmediate);
    killed = true;
    file.close();
  };
  const killing = Number.isFinite(turns) ? kill() : undefined;
  try {
    for await (const _ of indexPhotos(indexing, {})) if (killed) break;
  } catch (error) {
    if (!killed) throw error;
  }
  await killing;
  file.close();
}

describe("an index that is killed at random, and whose readers are", () => {
  it.each([0, 1, 2, 3, 4, 5, 6, 7])("leaves no healthy photo out and names the one that fails by itself (seed %i)", async (seed) => {
    const random = new Random(seed);
    await writePhotos(folder, Object.fromEntries(names.map((name, i) => [name, [[20 * i, 9, 9] as const]])));
    const path = join(folder, `${seed}.sqlite`);
    for (let time = 0; time < 40; time++) await run(random, path, random.integer(40), 0.5);
    await run(random, path, Number.POSITIVE_INFINITY, 0);
    const file = openFile(path, { readonly: false });
    expect(file.prepare("SELECT path FROM errors").pluck().all()).toEqual([culprit]);
    expect(file.prepare("SELECT path FROM photos ORDER BY path").pluck().all()).toEqual(names.filter((name) => name !== culprit));
    expect(file.prepare("SELECT count(*) FROM reading").pluck().get()).toBe(0);
    file.close();
  });
});
