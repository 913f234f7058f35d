import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Random } from "@semblant/core";
import { formatEvaluation } from "@semblant/lab/internals";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DoubtfulFace as Doubtful } from "../../../answers/src/questions/audit.ts";
import { summaryOf, writeReport } from "../../../lab/src/report/write-report.ts";
import { auditData } from "../../../lab/src/runs/audit-data.ts";
import { clusterData } from "../../../lab/src/runs/cluster-data.ts";
import { embedData } from "../../../lab/src/runs/embed-data.ts";
import { evaluateModel } from "../../../lab/src/runs/evaluate-model.ts";
import { evaluateRun } from "../../../lab/src/runs/evaluate-run.ts";
import { compareSpaces } from "../../../lab/src/runs/evaluate-space.ts";
import { mapSpace } from "../../../lab/src/runs/map-space.ts";
import { trainRun } from "../../../lab/src/runs/train-run.ts";
import { pathOfModel } from "../../../photos/src/models/read-model.ts";
import { drawnFace, writePicture } from "../../../photos/src/pictures/fixtures/drawn-face.ts";
import { runProgram } from "../program.ts";
import { formatAudit } from "./audit.ts";

const folder = mkdtempSync(join(tmpdir(), "semblant-models-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (path: string) => join(folder, path);
const random = new Random(3);
const colors = { bold: (text: string) => text } as Parameters<typeof formatEvaluation>[1];

/** A face that was cut already: 48 x 48 of noise about a grey. */
async function crop(path: string, grey: number): Promise<void> {
  const data = Uint8Array.from({ length: 48 * 48 * 3 }, () => Math.max(0, Math.min(255, grey + 40 * random.normal())));
  await writePicture(at(path), { width: 48, height: 48, data });
}

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

beforeAll(async () => {
  const codes = ["NE", "HA", "SU", "SA", "AN"];
  for (const [c, code] of codes.entries())
    for (const [n, person] of ["KA", "KL", "KM"].entries()) await crop(`jaffe/${person}.${code}1.${10 * c + n}.png`, 30 + 40 * c);
  for (const split of ["train", "test"])
    for (const [c, name] of ["neutral", "happy", "sad"].entries())
      for (let i = 0; i < (split === "train" ? 6 : 4); i++) await crop(`splits/${split}/${name}/${i}.png`, 40 + 60 * c);
  copyFileSync(at("splits/train/happy/0.png"), at("splits/test/happy/0.png")); // a twin
  for (let i = 0; i < 6; i++) await crop(`flat/${i}.png`, 30 * i);
  for (const [i, x] of [130, 150, 300].entries()) await writePicture(at(`photos/happy/${i}.png`), drawnFace({ x }));
  await writePicture(at("photos/sad/none.png"), { width: 90, height: 120, data: new Uint8Array(3 * 90 * 120).fill(90) });
  await writePicture(at("photos/sad/1.png"), drawnFace({ x: 200, height: 360 }));
}, 120_000);

describe("a model measured", () => {
  it("on a set without splits asks each face of all others, and names it by the Gaussians that the model carries", async () => {
    const evaluated = await evaluateModel("small", { data: at("jaffe"), bootstrap: 20 });
    const { evaluation, dataset, card } = evaluated;
    expect([dataset, evaluation.rows, evaluation.settings.leaveOneOut, evaluation.settings.k]).toEqual([
      { name: "JAFFE", labels: "file names", split: "all", n: 15 },
      { train: 15, test: 15 },
      true,
      11,
    ]);
    expect(evaluation.neighbors.train.rows.every((row, i) => row !== Math.floor(i / 11))).toBe(true);
    const X = await embedData("small", { data: at("jaffe") });
    expect([...X.values]).toEqual([...evaluated.embeddings.test.values]);
    expect(evaluation.classes).toEqual(card.classes);
    expect([evaluation.outcomes.head?.predicted.length, evaluated.settings.data.size]).toEqual([15, 48]);
    expect(formatEvaluation(evaluated, colors).split("\n").slice(0, 3)).toEqual([
      `small: the model ${card.name} ${card.version}, measured on JAFFE, labels: file names`,
      "JAFFE whole: N = 15, 5 of the model's 8 classes; averages are over those",
      "the 11 nearest of the other 14 faces vote; 95 % intervals",
    ]);
    expect(formatEvaluation(evaluated, colors)).toMatch(/\nall 15, by its Gaussians +\d[\s\S]+\nby 11 neighbours +\d/);
  });

  it("says whether faces of the same person vote, and leaves them out if told so", async () => {
    const together = await evaluateModel("small", { data: at("jaffe"), bootstrap: 0 });
    expect(formatEvaluation(together, colors).split("\n")[3]).toBe(
      "Other faces of the same person vote, too. To leave them out: --leave-out person",
    );
    const apart = await evaluateModel("small", { data: at("jaffe"), bootstrap: 0, leaveOut: "person" });
    expect(formatEvaluation(apart, colors).split("\n").slice(3, 6)).toEqual([
      "Faces of one person are not each other's neighbours: 15 of the faces have such others.",
      "To take them in: --leave-out nothing",
      "",
    ]);
  });

  it("on a set with splits asks its training faces, and says how many twins there are", async () => {
    const { evaluation, dataset, twins, gallery } = await evaluateModel("small", { data: at("splits"), bootstrap: 0, neighbors: 3 });
    expect([dataset.split, evaluation.rows, evaluation.settings.leaveOneOut, twins?.count, gallery]).toEqual([
      "test",
      { train: 18, test: 12 },
      false,
      1,
      undefined,
    ]);
    const whole = await evaluateModel("small", { data: at("splits"), bootstrap: 0, split: "all" });
    expect([whole.dataset.n, whole.evaluation.settings.leaveOneOut]).toEqual([30, true]);
  });

  it("asks the faces of another set, where one is named", async () => {
    const { gallery, evaluation } = await evaluateModel("small", { data: at("jaffe"), gallery: at("splits"), bootstrap: 0, neighbors: 3 });
    expect([gallery, evaluation.rows]).toEqual([
      { name: "folder splits/", labels: "folder names", n: 18 },
      { train: 18, test: 15 },
    ]);
  });

  it("finds faces in heads and photos, and says where there are none", async () => {
    const found = await evaluateModel("small", { data: at("photos"), bootstrap: 0, overrides: ["data.split=test"] });
    expect(found.dataset.faces).toEqual({ pictures: 5, notFound: ["sad/none.png"], kept: true });
    const out = await evaluateModel("small", { data: at("photos"), bootstrap: 0, overrides: ["data.split=test", "data.noFace=out"] });
    expect([out.dataset.n, out.dataset.faces?.kept]).toEqual([4, false]);
    const whole = await evaluateModel("small", { data: at("photos"), bootstrap: 0, overrides: ["data.split=test", "data.crop=whole"] });
    expect([whole.dataset.n, whole.dataset.faces]).toEqual([5, undefined]);
    const { stderr } = await semblant("evaluate", "small", "--data", at("photos"), "--bootstrap", "0", "data.split=test");
    expect(stderr).toContain(
      "No face was found in 1 of 5 pictures of folder photos/; it is taken whole (data.noFace=out leaves it out): sad/none.png\n",
    );
  });

  it("is any exported file, and prints JSON of the shape of a run's", async () => {
    copyFileSync(pathOfModel("small"), at("mine.onnx"));
    const run = at("run");
    const settings = [`data.source=${at("splits")}`, "network.baseChannels=4", "network.stem=7x7", "perClass=3", "steps=1", "device=cpu"];
    await trainRun({ overrides: settings, out: run, threads: 1 });
    const ofRun = await evaluateRun(run, { bootstrap: 0, neighbors: 3 });
    const { status, stdout } = await semblant("evaluate", at("mine.onnx"), "--data", at("splits"), "--bootstrap", "0", "-k", "3", "--json");
    expect(status).toBe(0);
    const json = JSON.parse(stdout) as Record<string, unknown> & { dataset: object; protocol: object; metrics: object };
    const like = JSON.parse(JSON.stringify(summaryOf(ofRun))) as typeof json;
    expect(Object.keys(json).filter((key) => key !== "model" && key !== "shift")).toEqual(Object.keys(like));
    expect([Object.keys(json.dataset), Object.keys(json.protocol)]).toEqual([Object.keys(like.dataset), Object.keys(like.protocol)]);
    expect(Object.keys(json.metrics)).toEqual(expect.arrayContaining(Object.keys(like.metrics)));
    const beside = await evaluateModel(at("mine.onnx"), { like: ofRun.settings.data, bootstrap: 0, neighbors: 3 });
    expect(Object.keys(compareSpaces(ofRun, beside).differences)).toContain("accuracy");
    expect((await semblant("evaluate", run, "--compare", at("mine.onnx"), "--bootstrap", "0", "-k", "3", "-t", "1")).stdout).toContain(
      `${run} minus ${at("mine.onnx")}, on the same 12 faces`,
    );
  }, 120_000);

  it("writes a report", async () => {
    const evaluated = await evaluateModel("small", { data: at("splits"), bootstrap: 0, neighbors: 3 });
    await writeReport(at("report.html"), evaluated);
    const page = readFileSync(at("report.html"), "utf8");
    expect(page).toContain("<dt>its Gaussians</dt><dd>those that the model carries</dd>");
    expect(page).toContain("named rightly by the Gaussians that it carries");
    expect(page).toContain("its five nearest training faces");
    expect(page).not.toContain("head:");
  });

  it("speaks of no training faces in a report where each face is asked of all others", async () => {
    const evaluated = await evaluateModel("small", { data: at("jaffe"), bootstrap: 0 });
    await writeReport(at("whole.html"), evaluated);
    const page = readFileSync(at("whole.html"), "utf8");
    const { headAccuracy, accuracy } = evaluated.evaluation.metrics;
    expect(page).toContain(`Its Gaussians name ${headAccuracy?.value.toFixed(1)} % of all 15 faces as their label does.`);
    expect(page).toContain(`The 11 nearest of the other 14 faces name ${accuracy.value.toFixed(1)} %.`);
    expect(page).toContain("among all faces, the query left out");
    expect(page).toContain("the five other faces that are nearest");
    expect(page).not.toMatch(/the all faces|nearest training|test faces/);
  });

  it("embeds a face as the mean with its mirror image, where that is asked for", async () => {
    const [plain, both] = [
      await evaluateModel("small", { data: at("jaffe"), bootstrap: 0 }),
      await evaluateModel("small", { data: at("jaffe"), bootstrap: 0, mirror: true }),
    ];
    mkdirSync(at("pair"));
    for (const name of ["a", "b"])
      await sharp(at("jaffe/KA.NE1.0.png"))
        .flop(name === "b")
        .toFile(at(`pair/${name}.png`));
    const pair = await embedData("small", { data: at("pair") });
    const row = plain.embeddings.test.ids?.indexOf("KA.NE1.0.png") as number;
    for (let d = 0; d < pair.columns; d++) {
      const mean = ((pair.values[d] as number) + (pair.values[pair.columns + d] as number)) / 2;
      expect(both.embeddings.test.values[row * pair.columns + d]).toBeCloseTo(mean, 4);
    }
  });

  it("is refused without data, with weights, or for data that it cannot take", async () => {
    expect(await semblant("evaluate", "best")).toMatchObject({
      status: 2,
      stderr:
        "OptionError: evaluate: expected data with the model best, which does not hold the faces that it was made from, but got none.\n  For instance: semblant evaluate best --data faces/\n",
    });
    await expect(evaluateModel("best", { data: at("jaffe"), weights: "last" })).rejects.toThrow(
      "evaluate: expected a run with --weights, but best is an exported model, which has one set of weights.",
    );
    await expect(evaluateModel("best", { data: at("jaffe"), overrides: ["data.size=64"] })).rejects.toThrow(
      "data: expected data.size=48 and data.channels=1, which the model takes, but got 64 and 1.",
    );
    await expect(evaluateModel(at("none.onnx"), { data: at("jaffe") })).rejects.toThrow(
      "model: expected best, small, posed or a file, but there is no",
    );
    await expect(evaluateModel("small", { data: at("flat") })).rejects.toThrow(
      `evaluate: expected faces with labels, but folder flat/ at ${at("flat")} has none (6 faces).\n  They can be embedded, to be searched and clustered: semblant embed RUN ${at("flat")} --out faces.npy`,
    );
  });
});

describe("a folder of pictures without labels", () => {
  it("is embedded, mapped and clustered by a model; training says that it has no labels", async () => {
    const X = await embedData("small", { data: at("flat") });
    expect([X.rows, X.labels, X.ids]).toEqual([6, undefined, ["0.png", "1.png", "2.png", "3.png", "4.png", "5.png"]]);
    const { dataset } = await mapSpace("small", { data: at("flat"), perplexity: 1 });
    expect(dataset).toEqual({ name: "folder flat/", split: "all", n: 6 });
    const clustered = await clusterData("small", { data: at("flat"), k: 2 });
    expect([clustered.dataset, clustered.groups.reduce((sum, { size }) => sum + size, 0)]).toEqual([
      { name: "folder flat/", labels: "no labels", n: 6 },
      6,
    ]);
    const { status, stderr } = await semblant("train", "--data", at("flat"), "--out", at("never"));
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining(`DataError: train: expected faces with labels, but folder flat/ at ${at("flat")} has none`),
    ]);
  });
});

describe("cluster and audit of a data set", () => {
  it("judge no picture in which no face is found, and name it", async () => {
    cpSync(at("jaffe"), at("jaffe-sea"), { recursive: true });
    const sea = "KA.HA1.99.png";
    await sharp({ create: { width: 200, height: 200, channels: 3, background: "#345" } }).toFile(at(`jaffe-sea/${sea}`));
    const { dataset, answer } = await auditData("small", { data: at("jaffe-sea"), threshold: 0 });
    expect([dataset.n, answer.faces, answer.withoutFaces]).toEqual([15, 15, [sea]]);
    expect((await auditData("small", { data: at("jaffe-sea"), overrides: ["data.noFace=whole"] })).answer.faces).toBe(16);
  });

  it("take its own labels, whatever its layout", async () => {
    const { dataset, answer } = await auditData("small", { data: at("jaffe"), threshold: 0 });
    expect([dataset, answer.faces, answer.labels.map(({ label, faces }) => [label, faces])]).toEqual([
      { name: "JAFFE", labels: "file names", n: 15 },
      15,
      [
        ["anger", 3],
        ["happiness", 3],
        ["neutral", 3],
        ["sadness", 3],
        ["surprise", 3],
      ],
    ]);
    expect(answer.doubtful.every(({ path }) => /^K[ALM]\.[A-Z]{2}1\.\d+\.png$/.test(path))).toBe(true);
    const doubtful = { face: 1, path: "a.png", given: "anger", suggested: "fear", forAPerson: false, doubt: 0.9 } as Doubtful;
    expect(formatAudit({ ...answer, doubtful: Array.from({ length: 30 }, () => doubtful) }, "--csv")).toContain("and 10 more: see --csv");
    const { stdout } = await semblant("cluster", "small", at("jaffe"), "-k", "3");
    expect(stdout).toMatch(/^JAFFE, by small: 15 faces in 3 groups, as asked\n/);
    expect((await semblant("audit", "small", at("jaffe"), "--json")).stdout).toContain('"dataset":{"name":"JAFFE"');
  });

  it("are refused what only a folder of photos has, and a folder followed by data", async () => {
    expect((await semblant("cluster", "small", at("jaffe"), "--sheet", at("x.html"))).stderr).toBe(
      "OptionError: cluster: expected a folder of photos with --sheet, but got the data of small.\n",
    );
    expect((await semblant("audit", at("jaffe"), "more")).stderr).toBe(
      `OptionError: audit: expected a run or a model (best, small, posed, a file of semblant export or adapt) before "more", but got ${JSON.stringify(at("jaffe"))}.\n  See: semblant audit --help\n`,
    );
    await expect(auditData(at("run"), { data: at("jaffe") })).rejects.toThrow(
      `audit: expected a model (best, small, posed, a file of semblant export or adapt), but ${at("run")} is a run.\n  Make a model of it: semblant export ${at("run")} --out model.onnx`,
    );
  });
});
