import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Random } from "@semblant/core";
import { formatEvaluation } from "@semblant/lab/internals";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { summaryOf, writeReport } from "../../../lab/src/report/write-report.ts";
import { evaluateModel } from "../../../lab/src/runs/evaluate-model.ts";
import { writePicture } from "../../../photos/src/pictures/fixtures/drawn-face.ts";
import { runProgram } from "../program.ts";

const folder = mkdtempSync(join(tmpdir(), "semblant-queries-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (path: string) => join(folder, path);
const colors = { bold: (text: string) => text } as Parameters<typeof formatEvaluation>[1];
const names = Array.from({ length: 16 }, (_, i) => `${i}.png`);
const words = ["happy", "sad", "neutral", "angry"];

beforeAll(async () => {
  const random = new Random(5);
  for (const [i, name] of names.entries()) {
    const data = Uint8Array.from({ length: 48 * 48 * 3 }, () => Math.max(0, Math.min(255, 40 + 12 * i + 30 * random.normal())));
    await writePicture(at(name), { width: 48, height: 48, data });
  }
});

/** A table of all pictures: the first four are queries, those after them the gallery. */
function table(file: string, row: (i: number) => string, head = "label,path,split,is_query,is_gallery"): string {
  writeFileSync(at(file), `${head}\n${names.map((_, i) => `${row(i)}\n`).join("")}`);
  return at(file);
}
const ofFour = (label: (i: number) => string) => (i: number) => `${label(i)},${i}.png,validation,${i < 4 ? "True,False" : "False,True"}`;

async function semblant(...args: string[]) {
  const said = { stdout: "", stderr: "" };
  const hear = (stream: keyof typeof said) => ({
    write: (text: string) => {
      said[stream] += text;
    },
  });
  const status = await runProgram(args, { stdout: hear("stdout"), stderr: hear("stderr"), env: {} });
  return { status, ...said };
}

describe("a table of queries and their gallery", () => {
  it("is measured by its gallery, and by the Gaussians of the model where it has their classes", async () => {
    const data = table(
      "words.csv",
      ofFour((i) => words[i % 4] as string),
    );
    const evaluated = await evaluateModel("small", { data, bootstrap: 0 });
    const { evaluation, dataset, embeddings, twins } = evaluated;
    expect([dataset, evaluation.rows, evaluation.settings.k, twins]).toEqual([
      {
        name: "table words.csv",
        labels: "words.csv label",
        split: "validation",
        n: 4,
        against: { gallery: 12, both: 0 },
      },
      { train: 12, test: 4 },
      11,
      undefined,
    ]);
    expect([embeddings.test.ids, embeddings.train.ids?.[0]]).toEqual([names.slice(0, 4), "4.png"]);
    expect([evaluation.settings.ks, evaluation.metrics.headAccuracy === undefined]).toEqual([[1, 2, 4, 8], false]);
    const text = formatEvaluation(evaluated, colors);
    expect(text.split("\n").slice(1, 4)).toEqual([
      "table words.csv validation: N = 4 queries, 4 of the model's 8 classes; averages are over those",
      "the 11 nearest of 12 gallery faces vote; 95 % intervals",
      "",
    ]);
    expect(text).toMatch(/\nPrecision@K, Acc@K( +\d+\.\d){4}\n/);
    expect(text).toMatch(/\n% +faces +MAP@R +R-precision +MRR +Precision@1\nall +4( +\d+\.\d){4}\n/);
    expect(text).toMatch(/\nhappiness +1( +\d+\.\d){4}\n/);
    await writeReport(at("report.html"), evaluated);
  });

  it("is measured by its own labels where the model does not know them, as in a table of numbers", async () => {
    const data = table(
      "numbers.csv",
      ofFour((i) => String(i % 3)),
    );
    const evaluated = await evaluateModel("small", { data, bootstrap: 0 });
    expect([evaluated.evaluation.classes, evaluated.evaluation.metrics.headAccuracy]).toEqual([["0", "1", "2"], undefined]);
    const text = formatEvaluation(evaluated, colors);
    expect(text).toContain("N = 4 queries, 3 of the table's 3 classes");
    expect(text).toMatch(/\nall 4, by 11 neighbours +\d/);
    expect(text).not.toContain("its Gaussians");
  });

  it("does not find a query that stands in the gallery", async () => {
    const data = table("both.csv", (i) => `${words[i % 4]},${i}.png,validation,${i % 2 === 0},True`);
    const { evaluation, dataset } = await evaluateModel("small", { data, bootstrap: 0 });
    expect([dataset.n, dataset.against, evaluation.settings.k]).toEqual([8, { gallery: 16, both: 8 }, 11]);
    const { rows, k } = evaluation.neighbors.test;
    expect([...rows].filter((row, i) => row === 2 * Math.floor(i / k))).toEqual([]);
  });

  it("says which queries have no face of their class in the gallery, and refuses where none has", async () => {
    const data = table(
      "none.csv",
      ofFour((i) => (i === 0 ? "fear" : (words[i % 3] as string))),
    );
    const evaluated = await evaluateModel("small", { data, bootstrap: 0 });
    expect(summaryOf(evaluated).unfindable).toEqual([{ name: "fear", rows: 1 }]);
    expect(formatEvaluation(evaluated, colors)).toContain(
      "\n1 query has no face of its class in the gallery: fear 1.\nRetrieval is measured on the others.\n",
    );
    const apart = table(
      "apart.csv",
      ofFour((i) => (i < 4 ? "fear" : (words[i % 3] as string))),
    );
    await expect(evaluateModel("small", { data: apart })).rejects.toThrow(
      `evaluate: expected queries of classes that are in the gallery of ${apart}, but no query has another face of its class there.`,
    );
  });

  it("has no other gallery, and no queries in a split without any", async () => {
    const data = table(
      "words.csv",
      ofFour((i) => words[i % 4] as string),
    );
    await expect(evaluateModel("small", { data, gallery: folder })).rejects.toThrow(
      `evaluate: expected no --gallery with ${data}, which says itself which faces are the gallery, but got ${folder}.`,
    );
    await expect(evaluateModel("small", { data, split: "test" })).rejects.toThrow(
      `evaluate: expected faces in the split test of ${data}, but it has none.`,
    );
    expect((await evaluateModel("small", { data, split: "all", bootstrap: 0 })).dataset).toMatchObject({ split: "all", n: 4 });
  });
});

describe("evaluate --json --nearest", () => {
  it("gives the nearest faces of each face back, with their ids, labels and distances", async () => {
    const data = table(
      "words.csv",
      ofFour((i) => words[i % 4] as string),
    );
    const { status, stdout } = await semblant("evaluate", "small", "--data", data, "--bootstrap", "0", "--nearest", "2", "--json");
    const { neighbors, perClass, metrics } = JSON.parse(stdout);
    expect([status, neighbors.k, neighbors.faces.length]).toEqual([0, 2, 4]);
    expect(neighbors.faces[1]).toMatchObject({ id: "1.png", label: "sadness" });
    expect(neighbors.faces[1].others).toBeUndefined();
    const [first, second] = neighbors.faces[1].voters;
    expect([first.id, first.label]).toEqual([
      expect.stringMatching(/^\d+\.png$/),
      expect.stringMatching(/^(happiness|sadness|neutral|anger)$/),
    ]);
    expect(first.distance).toBeLessThanOrEqual(second.distance);
    expect(Object.keys(perClass[0].retrieval)).toEqual(
      "mapAtR rPrecision mrr recallAt1 recallAt2 recallAt4 recallAt8 precisionAt1 precisionAt2 precisionAt4 precisionAt8".split(" "),
    );
    expect(metrics.precisionAt2).toEqual(metrics.accuracyAt2);
  });

  it("gives those that vote and the other test faces, as many as there are; and none unless asked", async () => {
    const data = table("split.csv", (i) => `${words[i % 4]},${i}.png,${i < 10 ? "train" : "test"}`, "label,path,split");
    const evaluated = await evaluateModel("small", { data, bootstrap: 0, neighbors: 3, nearest: 1000 });
    const { neighbors, protocol } = summaryOf(evaluated);
    expect([neighbors?.faces[0]?.voters.length, neighbors?.faces[0]?.others?.length, protocol.k]).toEqual([10, 5, 3]);
    expect(neighbors?.faces[0]?.others?.map(({ id }) => id).sort()).toEqual(names.slice(11).sort());
    expect(summaryOf(await evaluateModel("small", { data, bootstrap: 0 })).neighbors).toBeUndefined();
    const { status, stderr } = await semblant("evaluate", "small", "--data", data, "--nearest", "0");
    expect([status, stderr]).toEqual([2, expect.stringContaining("nearest")]);
  });
});
