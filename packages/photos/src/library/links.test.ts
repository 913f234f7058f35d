import { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { hearingRemarks } from "../../../core/src/remarks.ts";
import { indexFolder } from "../asking/index-folder.ts";
import { linksLine, openPhotoFolder } from "../asking/photo-folder.ts";
import { blue, emptyFolder, green, red, writePhotos } from "./fixtures/photos.ts";
import { openReader } from "./fixtures/pixel-reader.ts";

/** A folder with a photo, a link within it, and two links out of it. */
async function linked(): Promise<string> {
  const [folder, elsewhere] = [emptyFolder(), emptyFolder()];
  onTestFinished(() => {
    for (const made of [folder, elsewhere]) rmSync(made, { recursive: true, force: true });
  });
  await writePhotos(folder, { "a.jpg": [red] });
  await writePhotos(elsewhere, { "b.jpg": [green], "c.jpg": [blue] });
  symlinkSync("a.jpg", join(folder, "within.jpg"));
  symlinkSync(elsewhere, join(folder, "out"));
  symlinkSync(join(elsewhere, "c.jpg"), join(folder, "c.jpg"));
  return folder;
}
const reader = openReader;

describe("links out of a folder of photos", () => {
  it("are not followed unless asked, counted and named, and are no failure", async () => {
    const folder = await linked();
    const summary = await indexFolder(folder, { reader });
    expect(summary).toMatchObject({ photos: 1, unchanged: 0, failed: 0, errors: [], links: ["c.jpg", "out"] });
    expect(await indexFolder(folder, { reader })).toMatchObject({ photos: 1, unchanged: 1, links: ["c.jpg", "out"] });
    const asked = await indexFolder(folder, { reader, followLinks: true });
    expect(asked).toMatchObject({ photos: 4, read: 2, copied: 1, links: [], dropped: 0 });
  });

  it("cost nothing that was known from following them", async () => {
    const folder = await linked();
    await indexFolder(folder, { reader, followLinks: true });
    expect(await indexFolder(folder, { reader })).toMatchObject({ photos: 4, unchanged: 1, dropped: 0, links: ["c.jpg", "out"] });
  });

  it("are said in one line where a question looks for new photos", async () => {
    const folder = await linked();
    const said: string[] = [];
    const terminal = { note: (line: string) => void said.push(line) };
    const { set } = await hearingRemarks(terminal, () => openPhotoFolder("classify", folder, { reader }));
    expect(set.photos.size).toBe(1);
    expect(said).toEqual(["classify: 2 links out of the folder were not followed (--follow-links): c.jpg, out"]);
    const all = await openPhotoFolder("classify", folder, { reader, followLinks: true });
    expect(all.set.photos.size).toBe(4);
    expect(linksLine(["a\u001b[1m.jpg"])).toBe("1 link out of the folder was not followed (--follow-links): a\\u001b[1m.jpg");
  });
});
