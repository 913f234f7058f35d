import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { indexFolder } from "../../../photos/src/asking/index-folder.ts";
import { emptyFolder, green, red, writePhotos } from "../../../photos/src/library/fixtures/photos.ts";
import { openReader as reader } from "../../../photos/src/library/fixtures/pixel-reader.ts";
import { openLibrary } from "../../../photos/src/library/library.ts";
import { toGoOn } from "./index-photos.ts";

async function photos(): Promise<string> {
  const folder = emptyFolder();
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  await writePhotos(folder, { "a.jpg": [red], "b.jpg": [green] });
  return folder;
}

describe("the smallest face that a library is asked for", () => {
  it("is remembered, and photos that were looked at less closely are read again, once", async () => {
    const folder = await photos();
    expect(await indexFolder(folder, { reader })).toMatchObject({ read: 2, unchanged: 0 });
    expect(await indexFolder(folder, { reader, smallest: 5 })).toMatchObject({ read: 2, unchanged: 0 });
    expect(await indexFolder(folder, { reader, smallest: 5 })).toMatchObject({ read: 0, unchanged: 2 });
    expect(await indexFolder(folder, { reader })).toMatchObject({ read: 0, unchanged: 2 });
    expect(await indexFolder(folder, { reader, smallest: 40 })).toMatchObject({ read: 0, unchanged: 2 });
  });

  it("holds for copies too: one is read again, and the other takes its faces", async () => {
    const folder = await photos();
    copyFileSync(join(folder, "a.jpg"), join(folder, "copy.jpg"));
    await indexFolder(folder, { reader });
    const again = await indexFolder(folder, { reader, smallest: 5 });
    expect(again.read + again.copied).toBe(3);
    expect(await indexFolder(folder, { reader, smallest: 5 })).toMatchObject({ unchanged: 3, photos: 3 });
  });

  it("stands in the line to go on with, and is refused where it is no number above 0", async () => {
    expect(toGoOn("photos", { smallest: 12 })).toBe("semblant index photos --smallest 12");
    await expect(openLibrary(".", { smallest: 0 })).rejects.toThrow("openLibrary: expected smallest to be a number above 0, but got 0.");
  });
});
