import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Embeddings } from "@semblant/core";
import { readAdaptation } from "@semblant/faces/internals";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { madeSet } from "../../../answers/src/questions/fixtures/face-set.ts";
import { emptyFolder, red, writePhotos } from "../library/fixtures/photos.ts";
import { openReader } from "../library/fixtures/pixel-reader.ts";
import { openLibrary } from "../library/library.ts";
import { adapt } from "./adapt.ts";
import { forgetAdapted } from "./keep-adapted.ts";
import { isLabelledFolder } from "./labelled-folder.ts";

const reader = () => openReader();
const root = emptyFolder();
const at = (...names: string[]) => join(root, ...names);
/** What is green to the model is orange here, which it takes for red. */
const orange = [190, 150, 0] as const;

beforeAll(async () => {
  for (const person of ["P001", "P002", "P003", "P004"]) {
    const two = (label: string, color: typeof red) => ({ [`${label}/${person}/0.jpg`]: [color], [`${label}/${person}/1.jpg`]: [color] });
    await writePhotos(at("labelled"), { ...two("angry", red), ...two("happy", orange) });
  }
  await writePhotos(at("labelled"), { "sad/nobody.jpg": [[0, 0, 0]] });
  await writePhotos(at("photos"), { "a.jpg": [orange], "b.jpg": [red] });
});
afterAll(() => rmSync(root, { recursive: true }));

const namesIn = async (folder: string) => {
  using library = await openLibrary(at(folder), { reader });
  const { model, embeddings } = library.faceSet();
  const names = model.classify(embeddings).map(({ predicted }) => model.classes[predicted]);
  const table = ["anger", "happiness"].map((expression) => library.faceSet({ expression }).faces.length);
  return { names, table, problems: library.check().problems };
};

describe("adapt", () => {
  it("reads a labelled folder, and keeps what names it better as a file of its owner's", async () => {
    const out = at("mine.json");
    const { before, after, better, file, withoutFaces, persons, set } = await adapt(at("labelled"), { reader, out });
    expect([before.accuracy.value, after.accuracy.value, better]).toEqual([50, 100, true]);
    expect({ file, withoutFaces, persons, faces: set.faces.length }).toEqual({
      file: out,
      withoutFaces: ["sad/nobody.jpg"],
      persons: 4,
      faces: 16,
    });
    expect(statSync(out).mode & 0o777).toBe(0o600);
    expect(readAdaptation(readFileSync(out, "utf8"))).toMatchObject({
      network: { checksum: "pixels-01" },
      measured: { after: { data: "labelled" } },
    });
    const again = await adapt(at("labelled"), { reader, out, index: false });
    expect(again.file).toBe(out); // over its own
  });

  it("keeps nothing that is no better: two persons who lie on opposite sides of the model's means", async () => {
    const paths = ["P001", "P002"].flatMap((person) =>
      ["neutral", "happiness"].flatMap((look) => Array.from({ length: 4 }, (_, i) => ({ look, path: `${look}/${person}/${i}.jpg` }))),
    );
    const set = madeSet(paths.map(({ look, path }) => ({ path, faces: [{ look, stray: 0 }] })));
    const side = ({ path }: { readonly path: string }) => (path.includes("P001") ? 2.5 : -2.5);
    const apart = (values: Float32Array, i: number) =>
      values.map((x, d) => x + (d === 0 ? 1 : d === 1 ? -1 : 0) * side(paths[i] as { path: string }));
    const rows = paths.flatMap((_, i) => [...apart(set.embeddings.row(i), i)]);
    const embeddings = new Embeddings(Float32Array.from(rows), set.embeddings.columns);
    const { before, after, better, file } = await adapt({ ...set, embeddings }, { out: at("none.json") });
    expect([before.accuracy.value, after.accuracy.value]).toEqual([100, 50]);
    expect([better, file, existsSync(at("none.json"))]).toEqual([false, undefined, false]);
  });

  it("lets a library answer by it, and forgets it again", async () => {
    using library = await openLibrary(at("photos"), { reader });
    for await (const _ of library.index());
    expect(await namesIn("photos")).toEqual({ names: ["anger", "anger"], table: [2, 0], problems: [] });
    const { library: kept } = await adapt(at("labelled"), { reader, into: library });
    expect(kept).toBe(library.path);
    expect(await namesIn("photos")).toEqual({ names: ["happiness", "anger"], table: [1, 1], problems: [] });
    await expect(forgetAdapted(at("photos"))).rejects.toThrow(
      'adapt: expected the model that "pixels, adapted" was made of, which does not ship.\n  Name its file: --model',
    );
  });

  it("takes faces that a person corrected", async () => {
    using library = await openLibrary(at("labelled"), { reader });
    const none = adapt(library, { corrected: true, out: at("corrected.json") });
    await expect(none).rejects.toThrow(
      "adapt: expected faces whose expression was corrected, but there are none.\n  Correct some with: semblant library correct --label 12=sadness",
    );
    const { faces, photos } = library.faceSet();
    for (const { id, photo } of faces) {
      const label = photos.get(photo)?.path.startsWith("happy") ? "happiness" : "anger";
      library.correct({ kind: "label", face: id, label });
    }
    const { better, persons, unlabeled } = await adapt(library, { corrected: true, out: at("corrected.json") });
    expect({ better, persons, unlabeled }).toEqual({ better: true, persons: 4, unlabeled: 1 });
  });

  it("says what is wrong before it works", async () => {
    await expect(adapt(at("labelled"), { reader })).rejects.toThrow(
      'adapt: expected --out and a file, like "--out mine.json", or --in and a folder whose library it is for, but got neither.',
    );
    await expect(adapt(at("labelled"), { reader, out: "mine.onnx" })).rejects.toThrow(
      'adapt: expected the file to end in .json, but got "mine.onnx".',
    );
    writeFileSync(at("package.json"), "{}");
    await expect(adapt(at("labelled"), { reader, out: at("package.json") })).rejects.toThrow(
      `adapt: expected no file at ${at("package.json")}, or one of semblant adapt, but there is another.\n  Name another place.`,
    );
    await writePhotos(at("plain"), { "a.jpg": [red] });
    await expect(adapt(at("plain"), { reader, out: at("x.json") })).rejects.toThrow(
      "adapt: expected faces with labels, in folders named by them (happy/a.jpg), but no face has one.",
    );
    const other = adapt(at("labelled"), { reader: () => openReader({ model: "others" }), out: at("x.json"), library: at("others.sqlite") });
    await expect(other.then(({ adaptation }) => adaptation.network)).resolves.toEqual({ name: "others", checksum: "others-01" });
    using library = await openLibrary(at("photos"), { reader });
    await expect(
      adapt(at("labelled"), { reader: () => openReader({ model: "others" }), into: library, library: at("others.sqlite") }),
    ).rejects.toThrow(
      'adapt: expected the model that the library\'s embeddings are of, "pixels, adapted" (pixels-01), but got "others" (others-01).',
    );
  });
});

describe("isLabelledFolder", () => {
  it("tells folders of expressions from data sets", async () => {
    expect(isLabelledFolder(at("labelled"))).toBe(true);
    expect(isLabelledFolder(at("photos"))).toBe(false);
    expect(isLabelledFolder(at("none"))).toBe(false);
    await writePhotos(at("splits"), { "train/happy/a.jpg": [red] });
    expect(isLabelledFolder(at("splits"))).toBe(true);
    writeFileSync(at("splits", "labels.csv"), "path,label\n");
    expect(isLabelledFolder(at("splits"))).toBe(false);
  });
});
