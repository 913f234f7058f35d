import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder, writeFace, writeLabelFolders, writePixels, writeText, writeVotes } from "./fixtures/small-layouts.ts";
import { knownSets } from "./known-sets.ts";
import { nameOfLayout, recogniseLayout } from "./layout.ts";
import { readDataset } from "./read-dataset.ts";

describe("reading whatever is at a path", () => {
  it("recognises every layout by its names and headers", async () => {
    const table = (root: string) => {
      writePixels(root);
      writeVotes(root);
    };
    const kindOf = async (write: (root: string) => void | Promise<void>): Promise<string> => {
      const root = temporaryFolder();
      await write(root);
      return nameOfLayout(recogniseLayout(root));
    };
    expect(await kindOf(writePixels)).toBe("FER2013 table");
    expect(await kindOf(table)).toBe("FER+ table");
    expect(
      await kindOf((root) => {
        table(root);
        return writeLabelFolders(root, { images: false });
      }),
    ).toBe("FER+ table");
    expect(
      await kindOf((root) => {
        writePixels(root);
        return writeLabelFolders(root, { images: true });
      }),
    ).toBe("FER+ folders");
    expect(await kindOf((root) => writeLabelFolders(root, { images: true }))).toBe("FER+ folders");
    expect(await kindOf((root) => writeText(join(root, "all.csv"), "split,label,path\n"))).toBe("labelled table");
    expect(await kindOf((root) => writeFace(join(root, "train/happy/a.png"), 1))).toBe("image folder");
  });

  it("recognises a table by itself", () => {
    const root = temporaryFolder();
    writePixels(root);
    expect(nameOfLayout(recogniseLayout(join(root, "fer2013.csv")))).toBe("FER2013 table");
    writeVotes(root);
    expect(nameOfLayout(recogniseLayout(join(root, "fer2013new.csv")))).toBe("FER+ table");
  });

  it("says what it knows where it finds nothing it knows", () => {
    const root = temporaryFolder();
    const sets = [...new Set(knownSets.map(({ title }) => title))].filter((title) => !title.startsWith("FER"));
    sets.sort((a, b) => a.localeCompare(b, "en"));
    expect(sets.slice(0, 4)).toEqual(["AffectNet", "BU-3DFE", "CelebA", "CK+"]);
    expect(() => recogniseLayout(root)).toThrow(
      `data at ${root}: nothing here that can be read.\n  Known: fer2013.csv (and fer2013new.csv), FER2013Train/label.csv and its like, a folder for each class, a table path,label[,split],\n  ${sets.slice(0, -1).join(", ")} and ${sets.at(-1)} as they are sent out.\n  To try everything without data: semblant train --data generated`,
    );
    writeText(join(root, "a.csv"), "x,y\n");
    expect(() => recogniseLayout(join(root, "a.csv"))).toThrow(
      `data at ${join(root, "a.csv")}: expected a table with the columns emotion,pixels,Usage or path,label[,split], but its first line is "x,y".`,
    );
    writeText(join(root, "b.csv"), "path,label\n");
    writeText(join(root, "c.csv"), "path,label\n");
    expect(() => recogniseLayout(root)).toThrow(
      `data at ${root}: expected one table of paths and labels, but got b.csv, c.csv.\n  Name the one that is meant.`,
    );
  });

  it("reads what it recognised", async () => {
    const root = temporaryFolder();
    writePixels(root);
    writeVotes(root);
    expect((await readDataset(root, { labels: "votes" })).labelSource).toBe("fer2013new.csv votes, validation and test majority");
  });

  it("takes majority for granted where an image has one label, and refuses modes that need votes", async () => {
    const root = temporaryFolder();
    await writeFace(join(root, "train/happy/a.png"), 1);
    await writeFace(join(root, "train/sad/b.png"), 2);
    expect((await readDataset(root, { labels: "majority", size: 16 })).train.labels.length).toBe(2);
    await expect(readDataset(root, { labels: "votes" })).rejects.toThrow(
      'readDataset: expected labels to be majority, since this image folder has one label an image and no votes, but got "votes".',
    );
    await expect(readDataset(root, { label: "votes" })).rejects.toThrow('readDataset: unknown option "label"; did you mean "labels"?');
  });
});
