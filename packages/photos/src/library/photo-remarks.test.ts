import { copyFileSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { engine, type Place } from "./fixtures/engine.ts";
import { emptyFolder, photoBytes, red, writePhotos } from "./fixtures/photos.ts";
import { openReader } from "./fixtures/pixel-reader.ts";
import { openLibrary } from "./library.ts";

let folder = "";
let place: Place = {};
const remark = "its file is cut short: its last bytes are missing";
beforeEach(async () => {
  place = engine.place();
  folder = await writePhotos(emptyFolder(), { "whole.jpg": [red] });
  const photo = await photoBytes([red], 5);
  writeFileSync(join(folder, "cut.jpg"), photo.subarray(0, photo.length - 3));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What index says, and what an opened library knows, which are the same. */
async function known(retry = false) {
  const library = await openLibrary(folder, { reader: openReader, ...place });
  try {
    const steps = library.index({ retry });
    for (let step = await steps.next(); ; step = await steps.next()) {
      if (!step.done) continue;
      expect(library.remarks()).toEqual(step.value.remarks);
      return step.value.remarks;
    }
  } finally {
    library.close();
  }
}

it("What is to be known of a photo stays with it, wherever it is moved or copied to", async () => {
  expect(await known()).toEqual([{ path: "cut.jpg", remark }]);
  expect(await known()).toEqual([{ path: "cut.jpg", remark }]);
  renameSync(join(folder, "cut.jpg"), join(folder, "moved.jpg"));
  expect(await known()).toEqual([{ path: "moved.jpg", remark }]);
  copyFileSync(join(folder, "moved.jpg"), join(folder, "again.jpg"));
  expect(await known()).toEqual([
    { path: "again.jpg", remark },
    { path: "moved.jpg", remark },
  ]);
  rmSync(join(folder, "moved.jpg"));
  expect(await known()).toEqual([{ path: "again.jpg", remark }]);
});

it("It goes with the photo: when that is whole again, gone, or forgotten", async () => {
  const whole = await photoBytes([red], 5);
  await known();
  writeFileSync(join(folder, "cut.jpg"), whole);
  expect(await known()).toEqual([]);
  writeFileSync(join(folder, "cut.jpg"), whole.subarray(0, whole.length - 3));
  expect(await known()).toHaveLength(1);
  const library = await openLibrary(folder, { reader: openReader, ...place });
  library.forget("cut.jpg");
  expect(library.remarks()).toEqual([]);
  library.close();
  if (!engine.isServer) expect(readFileSync(library.path).includes("cut short")).toBe(false);
});
