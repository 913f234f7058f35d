import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { emptyFolder, green, red, writePhotos } from "./fixtures/photos.ts";
import { openReader } from "./fixtures/pixel-reader.ts";
import { type Library, openLibrary } from "./library.ts";

let library: Library;
beforeEach(async () => {
  const folder = await writePhotos(emptyFolder(), { "=a,1.jpg": [red], "b.jpg": [green] });
  library = await openLibrary(folder, { reader: openReader });
  for await (const _ of library.index());
  library.correct({ kind: "label", face: 1, label: "sadness" });
});
afterEach(() => {
  library.close();
  rmSync(library.root, { recursive: true, force: true });
});

describe("exportTo", () => {
  it("writes one line per face for spreadsheets, which run nothing of it", async () => {
    const path = join(library.root, "faces.csv");
    expect(await library.exportTo(path)).toEqual([path]);
    const [head, first, second, end] = readFileSync(path, "utf8").split("\n");
    expect(head).toBe("face,path,taken,x,y,width,height,side,sharpness,yaw,label,expression,verdict,anger,happiness,sadness");
    expect(first).toMatch(/^1,"'=a,1\.jpg",,10,10,29,29,29,0\.5,0,sadness,anger,named,(1|0\.99\d*),0,0$/);
    expect(second).toMatch(/^2,b\.jpg,/);
    expect(end).toBe("");
    expect(await library.exportTo(path)).toEqual([path]);
    await expect(library.exportTo(path, { expression: "happiness" })).rejects.toThrow("there is one that a person may have edited");
  });

  it("writes everything as JSON, and the embeddings for other programs", async () => {
    const path = join(library.root, "faces.json");
    await library.exportTo(path);
    const content = JSON.parse(readFileSync(path, "utf8"));
    expect(content).toMatchObject({
      classes: ["anger", "happiness", "sadness"],
      photos: [{ path: "=a,1.jpg" }, { path: "b.jpg" }],
      corrections: [{ kind: "label", faces: [1], label: "sadness" }],
    });
    expect(content.faces[1].embedding).toEqual(Array.from(library.faceSet().embeddings.row(1)));
    const table = join(library.root, "faces.tsv");
    expect(await library.exportTo(table, { expression: "happiness" })).toEqual([table, join(library.root, "faces.metadata.tsv")]);
    expect(readFileSync(table, "utf8").trim().split("\n")).toHaveLength(1);
    await expect(library.exportTo("faces.xls")).rejects.toThrow(
      'library export: expected --out to end in .json, .csv, .npy, .parquet or .tsv, but got "faces.xls".',
    );
  });

  it("says of a face without a name why it has none", async () => {
    const folder = await writePhotos(emptyFolder(), { "grey.jpg": [[128, 128, 128]], "red.jpg": [red] });
    const other = await openLibrary(folder, { reader: openReader });
    for await (const _ of other.index());
    const table = join(folder, "faces.tsv");
    await other.exportTo(table);
    const lines = readFileSync(join(folder, "faces.metadata.tsv"), "utf8").trim().split("\n");
    expect(lines.map((line) => line.split("\t").slice(1).join(" "))).toEqual(["label class", "3 unsure", "0 anger"]);
    other.close();
    rmSync(folder, { recursive: true, force: true });
  });
});
