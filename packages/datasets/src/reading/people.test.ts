import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Dataset } from "../dataset/dataset.ts";
import { samePeople } from "../dataset/same-people.ts";
import { writeGrey } from "./fixtures/pictures.ts";
import { temporaryFolder, writeText } from "./fixtures/small-layouts.ts";
import { formatInspection } from "./format-inspection.ts";
import { inspectDataset } from "./inspect.ts";
import { readDataset } from "./read-dataset.ts";

async function folder(files: readonly string[], table?: string): Promise<string> {
  const root = temporaryFolder();
  for (const [n, file] of files.entries()) await writeGrey(join(root, file), 20 + (n % 200), { width: 16, height: 16 });
  if (table !== undefined) writeText(join(root, "labels.csv"), table);
  return root;
}

/** The splits that each person stands in. */
function splitsOf({ train, validation, test }: Dataset): Map<string, Set<string>> {
  const splits = new Map<string, Set<string>>();
  for (const [name, part] of Object.entries({ train, validation, test })) {
    for (const n of part.subjects ?? []) {
      const person = part.subjectNames?.[n] ?? "nobody";
      splits.set(person, (splits.get(person) ?? new Set()).add(name));
    }
  }
  return splits;
}
const apart = (data: Dataset) => [...splitsOf(data).values()].every((splits) => splits.size === 1);
const sequencesOf = ({ test }: Dataset) => Array.from(test.sequences ?? [], (n) => test.sequenceNames?.[n]);

/** Eight people with four faces each in a folder an expression, as their file names say. */
const kdefNames = ["F01", "F02", "F03", "F04", "M01", "M02", "M03", "M04"].flatMap((who) => [
  `angry/A${who}ANS.JPG`,
  `angry/B${who}ANS.JPG`,
  `happy/A${who}HAS.JPG`,
  `happy/A${who}HAHL.JPG`,
]);

describe("people in class folders", () => {
  it("are known by CK+'s file names in eight folders, neutral among them, and the frames of a sequence belong together", async () => {
    const eight = ["anger", "contempt", "disgust", "fear", "happy", "neutral", "sadness", "surprise"];
    const files = ["S010", "S011", "S026", "S138"].flatMap((who, p) =>
      eight.flatMap((name, e) => [15, 16].map((frame) => `CK+/${name}/${who}_00${1 + ((e + p) % 8)}_000000${frame}.png`)),
    );
    const root = await folder(files);
    const inspection = await inspectDataset(root, { cache: false });
    expect([inspection.name, inspection.classes.length, inspection.faults, inspection.drawn]).toEqual(["CK+", 8, [], "by person"]);
    expect(formatInspection(inspection)).toContain("Who is in a picture is known by CK+ file names.");
    const data = await readDataset(root, { cache: false });
    expect([apart(data), splitsOf(data).size]).toEqual([true, 4]);
    const all = await readDataset(root, { cache: false, split: "test" });
    expect(sequencesOf(all).slice(0, 4)).toEqual(["S010_001", "S010_001", "S011_002", "S011_002"]);
    expect(all.test.labels.filter((label) => all.classes[label] === "neutral").length).toBe(8);
  });

  it("are known by KDEF's file names, whichever folder they lie in", async () => {
    const root = await folder(kdefNames);
    const data = await readDataset(root, { cache: false });
    expect([data.drawn, data.people?.by, apart(data), splitsOf(data).size]).toEqual(["by person", "KDEF file names", true, 8]);
    const all = await readDataset(root, { cache: false, split: "test" });
    // The two views of one moment are one recording, the other session's picture is none of it.
    expect(sequencesOf(all).filter((name) => name?.includes("F01"))).toEqual(["AF01AN", "BF01AN", "AF01HA", "AF01HA"]);
  });

  it("are known by folders in the classes' folders, and by folders above them", async () => {
    const inner = ["S010", "S011", "S012", "S013"].flatMap((who) => ["happy", "sad"].map((name) => `${name}/${who}/001/0.png`));
    const data = await readDataset(await folder(inner), { cache: false });
    expect([data.drawn, data.people?.by, apart(data), splitsOf(data).size]).toEqual(["by person", "folder names", true, 4]);
    const outer = ["P001", "P002", "P003", "P004"].flatMap((who) => ["Happy", "Sad"].map((name) => `${who}/${name}/0.png`));
    const above = await readDataset(await folder(outer), { cache: false });
    expect([above.classes, above.drawn, apart(above), splitsOf(above).size]).toEqual([["happiness", "sadness"], "by person", true, 4]);
  });

  it("are the classes themselves where folders are for people", async () => {
    const files = ["S010", "S011"].flatMap((who) => Array.from({ length: 6 }, (_, i) => `${who}/${i}.png`));
    const data = await readDataset(await folder(files), { cache: false });
    expect([data.classes, data.drawn]).toEqual([["S010", "S011"], "by class"]);
  });

  it("who are known stay in one split though other pictures say nobody, which is said", async () => {
    const root = await folder([...kdefNames, "happy/me.png", "angry/you.png"]);
    const known = [...splitsOf(await readDataset(root, { cache: false, seed: 3 }))].filter(([person]) => person !== "nobody");
    expect([known.length, known.every(([, splits]) => splits.size === 1)]).toEqual([8, true]);
    expect((await inspectDataset(root, { cache: false })).warnings).toContain(
      "2 of 34 pictures do not say who is in them: each counts as another person.",
    );
  });

  it("are not looked for if told so, as in runs of before", async () => {
    const root = await folder(kdefNames);
    for (const people of ["layout", "none"] as const) {
      const data = await readDataset(root, { cache: false, people });
      expect([data.drawn, data.people, data.train.subjects, data.train.sequences]).toEqual(["by class", undefined, undefined, undefined]);
    }
    await expect(readDataset(root, { people: "all" as "none" })).rejects.toThrow(
      'readImageFolder: expected people to be one of found, layout, none, but got "all".',
    );
  });

  it("are warned of where the source's own splits share them", async () => {
    const files = ["train", "test"].flatMap((split) =>
      ["happy", "sad"].map((name) => `${split}/${name}/S010_00${split === "test" ? 1 : 2}_00000001.png`),
    );
    expect((await inspectDataset(await folder(files), { cache: false })).warnings).toContain(
      "1 people stand in both train and test: data.split=subjects keeps them apart.",
    );
  });
});

describe("people in tables", () => {
  const names = Array.from({ length: 24 }, (_, i) => `${i}.png`);
  const rows = (who: (i: number) => string) => names.map((name, i) => `${name},${i % 2 === 0 ? "happy" : "sad"},${who(i)}\n`).join("");

  it.each(["subject", "Person", "identity", "actor_id"])("are known by the column %s", async (column) => {
    const root = await folder(names, `path,label,${column}\n${rows((i) => `p${i % 6}`)}`);
    const data = await readDataset(root, { cache: false });
    expect([data.drawn, data.people?.by, apart(data), splitsOf(data).size]).toEqual([
      "by person",
      `the column ${column.toLowerCase()} of labels.csv`,
      true,
      6,
    ]);
    expect((await readDataset(root, { cache: false, people: "none" })).drawn).toBe("by class");
  });

  it("keep a recording in one split where only recordings are known", async () => {
    const root = await folder(names, `path,label,video\n${rows((i) => `v${i % 6}`)}`);
    const data = await readDataset(root, { cache: false });
    const splits = new Map<number, Set<string>>();
    for (const [name, part] of Object.entries({ train: data.train, validation: data.validation, test: data.test }))
      for (const n of part.sequences ?? []) splits.set(n, (splits.get(n) ?? new Set()).add(name));
    expect([data.drawn, splits.size, [...splits.values()].every((set) => set.size === 1)]).toEqual(["by person", 6, true]);
  });
});

describe("names of people", () => {
  it("mean the same people in two sets where the set's own file names say them, and in the same folder", async () => {
    const frames = (who: string) => ["happy", "sad"].map((name, i) => `${name}/${who}_00${i}_00000001.png`);
    const [a, b] = [await folder(["S010", "S011"].flatMap(frames)), await folder(["S010", "S012"].flatMap(frames))];
    const [one, other] = [await readDataset(a, { cache: false, split: "test" }), await readDataset(b, { cache: false, split: "test" })];
    expect(samePeople(one, other)).toBe(true);
    const table = async () =>
      readDataset(await folder(["0.png", "1.png"], "path,label,subject\n0.png,happy,1\n1.png,sad,2\n"), { cache: false, split: "test" });
    const [first, second] = [await table(), await table()];
    expect([samePeople(first, second), samePeople(first, first), samePeople(one, first)]).toEqual([false, true, false]);
  });
});
