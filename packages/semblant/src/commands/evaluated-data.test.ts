import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatEvaluation } from "@semblant/lab/internals";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { summaryOf } from "../../../lab/src/report/write-report.ts";
import { embedData } from "../../../lab/src/runs/embed-data.ts";
import { evaluateRun } from "../../../lab/src/runs/evaluate-run.ts";
import { trainRun } from "../../../lab/src/runs/train-run.ts";

const folder = mkdtempSync(join(tmpdir(), "semblant-evaluated-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (path: string) => join(folder, path);
const run = at("run");

async function picture(path: string, grey: number): Promise<void> {
  mkdirSync(join(at(path), ".."), { recursive: true });
  await sharp({ create: { width: 32, height: 32, channels: 3, background: { r: grey, g: grey, b: grey } } }).toFile(at(path));
}

/** The eight expressions in folders, twelve to train and three to test: what the run is taught. */
const eight = ["neutral", "happy", "surprise", "sad", "angry", "disgust", "fear", "contempt"];
/** JAFFE's names: three women, seven expressions. */
const seven = ["NE", "HA", "SU", "SA", "AN", "DI", "FE"];

beforeAll(async () => {
  for (const [c, name] of eight.entries()) {
    for (let i = 0; i < 15; i++) await picture(`faces/${i < 12 ? "train" : "test"}/${name}/${i}.png`, 20 + 28 * c + i);
  }
  for (const [c, code] of seven.entries()) {
    for (const [n, model] of ["KA", "KL", "KM"].entries()) await picture(`jaffe/${model}.${code}1.${10 * c + n}.tiff`, 24 + 28 * c + n);
  }
  for (const [c, name] of ["happy", "sad", "neutral"].entries()) {
    for (const [n, who] of ["S010_001", "S010_002", "S011_001"].entries())
      for (let frame = 1; frame < 3; frame++)
        await picture(`ck/${name}/${who.slice(0, 4)}_0${n}${c}_0000000${frame}.png`, 40 + 60 * c + 9 * n + frame);
  }
  for (let i = 1; i < 4; i++) await picture(`lfw/Ann_Lee/Ann_Lee_000${i}.jpg`, 60 * i);
  for (let i = 0; i < 2; i++) for (const name of ["happy", "wink"]) await picture(`strange/${name}/${i}.png`, 40 * i + 7);
  await trainRun({
    overrides: [
      `data.source=${at("faces")}`,
      "network.baseChannels=8",
      "network.stem=7x7",
      "perClass=4",
      "steps=2",
      "device=cpu",
      "precision=float32",
    ],
    out: run,
    threads: 1,
  });
}, 120_000);

const colors = { bold: (text: string) => text } as Parameters<typeof formatEvaluation>[1];

describe("a run measured on another set", () => {
  it("does not take the other frames of a face's sequence for its neighbours, says so, and takes them if told so", async () => {
    const options = { data: at("ck"), split: "all", bootstrap: 0, threads: 1 } as const;
    const measured = await evaluateRun(run, options);
    expect([measured.dataset.name, measured.evaluation.leftOut]).toEqual(["CK+", { test: 18, train: 0 }]);
    expect(formatEvaluation(measured, colors).split("\n").slice(3, 5)).toEqual([
      "Faces of one sequence are not each other's neighbours: 18 of the faces have such others.",
      "To take them in: --leave-out nothing",
    ]);
    expect(summaryOf(measured)).toMatchObject({ protocol: { leaveOut: "sequence" }, leftOut: { test: 18, train: 0 } });
    const all = await evaluateRun(run, { ...options, leaveOut: "nothing" });
    expect([all.evaluation.leftOut, formatEvaluation(all, colors).includes("--leave-out")]).toEqual([undefined, false]);
    const { rows, k } = measured.evaluation.neighbors.test;
    const sequences = measured.embeddings.test.sequences as readonly string[];
    const shared = [...rows].filter((row, i) => row >= 0 && sequences[row] === sequences[Math.floor(i / k)]);
    expect([sequences[0], shared]).toEqual(["S010_000", []]);
  });

  it("is asked of seven classes as of seven, with its own training faces as the gallery", async () => {
    const measured = await evaluateRun(run, { data: at("jaffe"), bootstrap: 0, threads: 1 });
    const { dataset, gallery, evaluation } = measured;
    expect([dataset, gallery]).toEqual([
      { name: "JAFFE", labels: "file names", split: "all", n: 21 },
      { name: "folder faces/", labels: "folder names", n: 96 },
    ]);
    expect([evaluation.classes.length, evaluation.rows, new Set(evaluation.clusters).size]).toEqual([8, { train: 96, test: 21 }, 7]);
    const recalls = evaluation.perClass.map(({ recall }) => recall.value).slice(0, 7);
    expect(evaluation.metrics.macroRecall.value).toBeCloseTo(recalls.reduce((sum, recall) => sum + recall, 0) / 7, 10);
    const text = formatEvaluation(measured, colors).split("\n");
    expect(text[0]).toContain("on folder faces/, labels: folder names, measured on JAFFE, labels: file names");
    expect(text.slice(1, 3)).toEqual([
      "JAFFE whole: N = 21, 7 of the run's 8 classes; averages are over those",
      "the 11 nearest of 96 training faces of folder faces/ vote; 95 % intervals",
    ]);
    expect(summaryOf(measured).gallery).toEqual(gallery);
  });

  it("is asked of queries by their own gallery, with its classifier where it knows their labels", async () => {
    const rows = (label: (code: string, c: number) => string) =>
      seven.flatMap((code, c) =>
        ["KA", "KL", "KM"].map((model, n) => `${label(code, c)},${model}.${code}1.${10 * c + n}.tiff,validation,${n === 0},${n > 0}\n`),
      );
    const table = (name: string, label: (code: string, c: number) => string) => {
      writeFileSync(at(`jaffe/${name}`), `label,path,split,is_query,is_gallery\n${rows(label).join("")}`);
      return at(`jaffe/${name}`);
    };
    const options = { bootstrap: 0, threads: 1, neighbors: 3 };
    const known = await evaluateRun(run, { ...options, data: table("known.csv", (_, c) => eight[c] as string) });
    expect([known.dataset.against, known.evaluation.rows, known.gallery]).toEqual([
      { gallery: 14, both: 0 },
      { train: 14, test: 7 },
      undefined,
    ]);
    expect(known.evaluation.classes).toEqual(expect.arrayContaining(["contempt"]));
    const own = await evaluateRun(run, { ...options, data: table("own.csv", (_, c) => String(c)) });
    expect([own.evaluation.classes, own.evaluation.outcomes.head]).toEqual([["0", "1", "2", "3", "4", "5", "6"], undefined]);
    expect(own.evaluation.metrics.mapAtR).toEqual(known.evaluation.metrics.mapAtR);
    for (const name of ["known.csv", "own.csv"]) rmSync(at(`jaffe/${name}`)); // or they would be what is read
  });

  it("is asked of the split that is named, where that set is split as asked", async () => {
    const { dataset } = await evaluateRun(run, { data: at("jaffe"), bootstrap: 0, threads: 1, overrides: ["data.split=subjects"] });
    expect([dataset.split, dataset.n]).toEqual(["test", 7]);
    await expect(evaluateRun(run, { data: at("jaffe"), split: "validation", threads: 1 })).rejects.toThrow(
      `evaluate: expected faces in the split validation of ${at("jaffe")}, but it has none.`,
    );
    await expect(evaluateRun(run, { data: at("jaffe"), overrides: ["loss.sigma=1"], threads: 1 })).rejects.toThrow(
      'settings: expected an override of the data, like data.crop=whole, but got "loss.sigma=1".',
    );
  });

  it("is measured as ever on its own data, wherever that is named from", async () => {
    const own = await evaluateRun(run, { bootstrap: 0, threads: 1 });
    const named = await evaluateRun(run, { data: `${at("jaffe")}/../faces`, bootstrap: 0, threads: 1 });
    expect([own.gallery, named.gallery, own.dataset, named.evaluation.metrics]).toEqual([
      undefined,
      undefined,
      { name: "folder faces/", labels: "folder names", split: "test", n: 24 },
      own.evaluation.metrics,
    ]);
    await expect(evaluateRun(run, { split: "all", threads: 1 })).rejects.toThrow(
      "evaluate: expected --split test or validation for the run's own data, but got all.\n  Its training faces would be measured against themselves.",
    );
  });

  it("is refused on faces without labels, which can be embedded, and on classes that it does not know", async () => {
    await expect(evaluateRun(run, { data: at("lfw"), threads: 1 })).rejects.toThrow(
      `evaluate: expected faces with labels, but LFW at ${at("lfw")} has none (3 faces).\n  They can be embedded, to be searched and clustered: semblant embed RUN ${at("lfw")} --out faces.npy`,
    );
    const X = await embedData(run, { data: at("lfw"), threads: 1 });
    expect([X.rows, X.labels, X.ids?.[0]]).toEqual([3, undefined, "Ann_Lee/Ann_Lee_0001.jpg"]);
    await expect(evaluateRun(run, { data: at("strange"), threads: 1 })).rejects.toThrow('but got "wink" (2 of 4).');
  });

  it("takes the labels of a gallery of other data as they are, though the run was taught by votes", async () => {
    const [taughtByVotes, copy] = [at("by votes"), at("copy")];
    cpSync(run, taughtByVotes, { recursive: true });
    cpSync(at("faces"), copy, { recursive: true });
    const path = join(taughtByVotes, "settings.json");
    const settings = JSON.parse(readFileSync(path, "utf8"));
    const inside = settings.settings ?? settings;
    inside.data.labels = "crossentropy";
    writeFileSync(path, JSON.stringify(settings));
    const { gallery } = await evaluateRun(taughtByVotes, { data: at("jaffe"), gallery: copy, bootstrap: 0, threads: 1 });
    expect(gallery).toEqual({ name: "folder copy/", labels: "folder names", n: 96 });
  });

  it("embeds a set without splits whole", async () => {
    expect((await embedData(run, { data: at("jaffe"), threads: 1 })).rows).toBe(21);
    expect((await embedData(run, { data: at("jaffe"), split: "test", threads: 1 })).rows).toBe(7);
  });

  it("says where to look when its training faces have moved, and takes them from there", async () => {
    renameSync(at("faces"), at("moved"));
    try {
      await expect(evaluateRun(run, { data: at("jaffe"), threads: 1 })).rejects.toThrow(
        `data at ${at("faces")}: no such file or folder.\n  The run's own training faces vote, and they are gone from there: say where they are with --gallery.`,
      );
      const { gallery } = await evaluateRun(run, { data: at("jaffe"), gallery: at("moved"), bootstrap: 0, threads: 1 });
      expect(gallery?.n).toBe(96);
    } finally {
      renameSync(at("moved"), at("faces"));
    }
  });
});
