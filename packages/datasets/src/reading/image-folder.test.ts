import { mkdirSync, symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { facesOf, temporaryFolder, writeFace, writeText } from "./fixtures/small-layouts.ts";
import { readImageFolder } from "./image-folder.ts";

async function folder(files: readonly string[]): Promise<string> {
  const root = join(temporaryFolder(), "faces");
  for (const [n, file] of files.entries()) await writeFace(join(root, file), n);
  return root;
}

const split = ["train/sad/a.png", "train/happy/b.png", "train/happy/more/c.png", "val/sad/d.png", "test/happy/e.png"];

describe("an image folder", () => {
  it("has its splits and classes by the names of folders, expressions in our order", async () => {
    const data = await readImageFolder(await folder(split));
    expect([data.name, data.labelSource, data.classes]).toEqual(["folder faces/", "folder names", ["happiness", "sadness"]]);
    expect(data.train.ids).toEqual(["train/happy/b.png", "train/happy/more/c.png", "train/sad/a.png"]);
    expect([[...data.train.labels], facesOf(data.train), facesOf(data.validation), facesOf(data.test)]).toEqual([
      [0, 0, 1],
      [1, 2, 0],
      [3],
      [4],
    ]);
  });

  it("sorts names that are no expressions", async () => {
    expect((await readImageFolder(await folder(["train/wink/a.png", "train/happy/b.png"]))).classes).toEqual(["happy", "wink"]);
  });

  it("is split by seed, class by class, where it has no splits", async () => {
    const root = await folder(["happy", "sad"].flatMap((label) => Array.from({ length: 20 }, (_, i) => `${label}/${i}.png`)));
    const [once, again, other] = [
      await readImageFolder(root, { seed: 1 }),
      await readImageFolder(root, { seed: 1 }),
      await readImageFolder(root, { seed: 2 }),
    ];
    expect([once.train, once.validation, once.test].map(({ labels }) => [...labels].filter((label) => label === 0).length)).toEqual([
      16, 2, 2,
    ]);
    expect(once.test.ids).toEqual(again.test.ids);
    expect(once.test.ids).not.toEqual(other.test.ids);
    expect((await readImageFolder(root, { shares: { validation: 0, test: 0.5 } })).test.labels.length).toBe(20);
  });

  it("scales to the size and channels asked for", async () => {
    const { train } = await readImageFolder(await folder(split), { size: 16, channels: 3 });
    expect([train.images.width, train.images.height, train.images.channels]).toEqual([16, 16, 3]);
  });

  it("passes over hidden and other files, follows links, and enters a circle once", async () => {
    const root = await folder(split);
    writeText(join(root, "train/happy/notes.txt"), "");
    writeText(join(root, "train/happy/.hidden.png"), "");
    mkdirSync(join(root, ".git"));
    symlinkSync(join(root, "train/happy"), join(root, "train/happy/circle"));
    symlinkSync(join(root, "train/sad/a.png"), join(root, "train/happy/link.png"));
    expect((await readImageFolder(root)).train.ids).toEqual([
      "train/happy/b.png",
      "train/happy/link.png",
      "train/happy/more/c.png",
      "train/sad/a.png",
    ]);
  });

  it("drops a truncated PNG and counts it", async () => {
    const root = await folder([...split, "train/sad/z.png"]);
    truncateSync(join(root, "train/sad/z.png"), 100);
    expect((await readImageFolder(root)).dropped).toEqual([{ split: "train", reason: "the image is unreadable", count: 1 }]);
  });

  it("refuses a label that training has not, and one that is not among the classes given", async () => {
    const root = await folder([...split, "test/angry/f.png"]);
    const inspect = `\n  To see every fault at once: semblant data inspect ${root}`;
    await expect(readImageFolder(root)).rejects.toThrow(
      `folder faces/ at ${root}: test/angry/f.png: expected a label of training (happiness, sadness), but got "angry".${inspect}`,
    );
    expect((await readImageFolder(root, { classes: ["sadness", "happiness", "anger"] })).test.classes).toEqual([
      "sadness",
      "happiness",
      "anger",
    ]);
  });

  it("refuses one class, an empty split, splits beside classes, and a folder without images", async () => {
    const one = await folder(["train/happy/a.png"]);
    await expect(readImageFolder(one)).rejects.toThrow(`expected at least two classes in train, but all 1 images are "happiness".`);
    const empty = await folder(split);
    mkdirSync(join(empty, "validation"));
    const bare = await folder(["train/sad/a.png", "train/happy/b.png"]);
    mkdirSync(join(bare, "val/sad"), { recursive: true });
    await expect(readImageFolder(bare)).rejects.toThrow(`image folder at ${bare}: expected images in val/<class>/, but there are none.`);
    const both = await folder(["train/sad/a.png", "happy/b.png"]);
    await expect(readImageFolder(both)).rejects.toThrow(
      `image folder at ${both}: expected folders of splits or of classes, but got both: happy, train.\n  Splits are named train, validation and test.`,
    );
    const none = temporaryFolder();
    mkdirSync(join(none, "happy"));
    await expect(readImageFolder(none)).rejects.toThrow(
      `image folder at ${none}: expected images in <class>/ or train/<class>/, but there are none.`,
    );
  });

  it("refuses options that are unknown or out of their range", async () => {
    const root = await folder(split);
    await expect(readImageFolder(root, { sise: 48 } as object)).rejects.toThrow(
      'readImageFolder: unknown option "sise"; did you mean "size"?',
    );
    await expect(readImageFolder(root, { classes: ["happy", "happy"] })).rejects.toThrow(
      'readImageFolder: expected classes to be at least two names, each once, but got ["happy","happy"].',
    );
    await expect(readImageFolder(root, { size: 7 })).rejects.toThrow(
      "readImageFolder: expected size to be a whole number from 8 to 1024, but got 7.",
    );
    await expect(readImageFolder(root, { channels: 2 as 1 })).rejects.toThrow(
      "readImageFolder: expected channels to be 1 (grey) or 3 (colour), but got 2.",
    );
  });
});
