import { join } from "node:path";
import { DataError } from "@semblant/core";
import { describe, expect, it } from "vitest";
import type { FaceFinder } from "../../../datasets/src/images/face-finder.ts";
import { writeGrey } from "../../../datasets/src/reading/fixtures/pictures.ts";
import { facesOf, temporaryFolder, writeFace } from "../../../datasets/src/reading/fixtures/small-layouts.ts";
import { formatInspection } from "../../../datasets/src/reading/format-inspection.ts";
import { inspectDataset } from "../../../datasets/src/reading/inspect.ts";
import { readDataset } from "../../../datasets/src/reading/read-dataset.ts";
import { openData, otherData } from "./open-data.ts";
import { resolveSettings } from "./settings.ts";

/** Finds a face of the grey 200 in everything but JPEG, and says how often it was asked. */
function finder({ version = "1" } = {}) {
  const asked: number[] = [];
  const told: (readonly [number, number])[] = [];
  const found: FaceFinder = {
    version,
    async cut(picture, { width, height, channels }) {
      asked.push(picture.length);
      if (picture[0] === 0xff) return undefined;
      return new Uint8Array(width * height * channels).fill(200);
    },
    progress: (done, total) => told.push([done, total]),
  };
  return { ...found, asked, told };
}

async function jaffe(): Promise<string> {
  const root = temporaryFolder();
  await writeGrey(join(root, "KA.AN1.39.tiff"), 10, { width: 256, height: 256 });
  await writeGrey(join(root, "KA.DI1.42.tiff"), 11, { width: 256, height: 256 });
  await writeGrey(join(root, "KL.HA1.158.jpg"), 12, { width: 256, height: 256 });
  return root;
}

describe("faces that are found", () => {
  it("are what a set of heads comes as, where there is a finder; pictures without are named and taken whole", async () => {
    const root = await jaffe();
    const found = finder();
    const data = await readDataset(root, { split: "test", finder: found });
    expect(facesOf(data.test)).toEqual([200, 200, 12]);
    expect(data.faces).toEqual({ pictures: 3, notFound: ["KL.HA1.158.jpg"], kept: true });
    expect(found.asked.length).toBe(3);
    expect(facesOf((await readDataset(root, { split: "test" })).test)).toEqual([10, 11, 12]);
    expect((await readDataset(root, { split: "test", finder: found, crop: "whole" })).faces).toBeUndefined();
  });

  it("leave out pictures without a face, where that is asked for", async () => {
    const root = await jaffe();
    const data = await readDataset(root, { split: "test", finder: finder(), noFace: "out" });
    expect([facesOf(data.test), data.dropped, data.faces]).toEqual([
      [200, 200],
      [{ split: "test", reason: "no face was found", count: 1 }],
      { pictures: 3, notFound: ["KL.HA1.158.jpg"], kept: false },
    ]);
    await expect(readDataset(root, { noFace: "none" as "out" })).rejects.toThrow(
      'readDataset: expected noFace to be whole or out, but got "none".',
    );
  });

  it("are counted while they are looked for", async () => {
    const root = temporaryFolder();
    for (let i = 0; i < 300; i++) await writeGrey(join(root, `${100 + i}.png`), 10, { width: 70, height: 80 });
    const found = finder();
    expect((await readDataset(root, { finder: found })).faces).toEqual({ pictures: 300, notFound: [], kept: true });
    expect(found.told).toEqual([
      [128, 300],
      [256, 300],
    ]);
  });

  it("are kept with the decoded images until the finder is another", async () => {
    const root = await jaffe();
    const [first, second, third] = [finder(), finder(), finder({ version: "2" })];
    const data = await readDataset(root, { split: "test", finder: first });
    const again = await readDataset(root, { split: "test", finder: second });
    expect([again.faces, facesOf(again.test), second.asked.length]).toEqual([data.faces, facesOf(data.test), 0]);
    await readDataset(root, { split: "test", finder: third });
    expect(third.asked.length).toBe(3);
  });

  it("are said by an inspection", async () => {
    const root = await jaffe();
    const lines = formatInspection(await inspectDataset(root, { split: "test", finder: finder() }));
    expect(lines).toContain("No face was found in 1 of the 3 pictures; it is taken whole (data.noFace=out leaves it out).");
    expect(lines).toContain("  KL.HA1.158.jpg");
    const out = formatInspection(await inspectDataset(root, { split: "test", finder: finder(), noFace: "out" }));
    expect(out).toContain("No face was found in 1 of the 3 pictures; it is left out (data.noFace=whole takes it whole).");
    const all = await writtenFolder();
    expect(formatInspection(await inspectDataset(all, { split: "test", finder: finder() }))).toContain(
      "A face was found in each of the 2 pictures.",
    );
  });

  it("cost a picture that cannot be read, and no other", async () => {
    const root = await writtenFolder();
    const broken = finder();
    let cuts = 0;
    const cut: FaceFinder["cut"] = (picture, shape) => {
      if (cuts++ === 0) throw new DataError("it is cut short.");
      return broken.cut(picture, shape);
    };
    const { faults, faces } = await inspectDataset(root, { split: "test", cache: false, finder: { version: "3", cut } });
    expect(faults.map(({ problem }) => problem)).toEqual(["it is cut short."]);
    expect(faces).toEqual({ pictures: 1, notFound: [], kept: true });
  });

  it("are asked of nobody in pictures that are faces already, and refused where there is nobody to ask", async () => {
    const settings = resolveSettings().data;
    const faces = temporaryFolder();
    for (const [n, name] of ["happy/a.png", "sad/b.png"].entries()) await writeFace(join(faces, name), n);
    const given = await readDataset(faces, { split: "test", finder: finder() });
    expect([facesOf(given.test), given.faces]).toEqual([[200, 200], undefined]);
    expect((await openData({ ...settings, source: faces, split: "test" })).test.ids).toEqual(["happy/a.png", "sad/b.png"]);
    await expect(openData({ ...settings, source: await jaffe() })).rejects.toThrow(
      /^data: expected a finder of faces for K[A-Z.0-9]+\.(tiff|jpg), a picture of 256 x 256, but got none\.\n {2}Hand one in \(openFaceFinder of semblant\), or take pictures as they are with the crop whole\.$/,
    );
  });

  it("are not what runs were trained on that are older than finding, but what these are measured on elsewhere", async () => {
    const older = resolveSettings({ data: { source: "jaffe/", crop: "source" } }).data;
    expect(older.crop).toBe("source");
    expect(otherData(older, "kdef/")).toMatchObject({ source: "kdef/", crop: "auto", noFace: "whole" });
    expect(otherData({ ...older, crop: "whole" }, "kdef/").crop).toBe("whole");
  });
});

async function writtenFolder(): Promise<string> {
  const root = temporaryFolder();
  await writeGrey(join(root, "happy/a.png"), 1, { width: 90, height: 90 });
  await writeGrey(join(root, "sad/b.png"), 2, { width: 90, height: 90 });
  return root;
}
