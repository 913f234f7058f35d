/** `npm run experiment -- fer-plus-tables`: what it costs, in which order, what it keeps, and that it goes on after a kill. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { engine } from "@semblant/torch";
import { afterAll, describe, expect, it } from "vitest";
import { planOf } from "../experiments/campaign/campaign.ts";
import { costOf, costText, endingFirst, wallSeconds } from "../experiments/campaign/cost.ts";
import { has, keep, keptIn, pairsTable, rowsTable } from "../experiments/campaign/rows.ts";
import { nameOf, networkOrder, presets, type Training, trainingsOf } from "../experiments/campaign/trainings.ts";

const folder = mkdtempSync(join(tmpdir(), "fer-plus-tables-"));
afterAll(() => rmSync(folder, { recursive: true }));

const everything = { presets, networks: networkOrder };
const asked = { data: "ferplus", device: "cuda", settings: [], runs: folder };
const gpu = { device: "cuda", atOnce: 15, faces: 25_045, classes: 8 };

describe("the trainings", () => {
  const all = trainingsOf(everything, asked);

  it("are five networks by three losses by two presets, ResNet18 first", () => {
    expect(all.length).toBe(30);
    expect(new Set(all.map(nameOf)).size).toBe(30);
    expect(all.slice(0, 6).map(nameOf)).toEqual([
      "best resnet18 cross-entropy",
      "best resnet18 triplet",
      "best resnet18 sgm",
      "paper resnet18 cross-entropy",
      "paper resnet18 triplet",
      "paper resnet18 sgm",
    ]);
  });

  it("have the paper's sizes, channels and epochs", () => {
    const of = (name: string) => (all.find((one) => nameOf(one) === name) as Training).settings;
    expect(of("paper alexnet sgm")).toMatchObject({ epochs: 100, network: { size: 227, baseChannels: 64 }, precision: "float32" });
    expect(of("paper resnet18 cross-entropy").network).toMatchObject({ stem: "7x7", head: "classes" });
    expect(of("best cvgg13 triplet")).toMatchObject({ epochs: 16, network: { size: 64 }, device: "cuda" });
  });
});

describe("the cost", () => {
  const all = trainingsOf(everything, asked);
  const [first] = all as [Training, ...Training[]];

  it("counts steps and images as the trainings do", () => {
    expect(costOf(first, gpu)).toMatchObject({ steps: 16 * 105, images: 16 * 105 * 240 });
    const triplets = all.find((one) => nameOf(one) === "paper resnet18 triplet") as Training;
    expect(costOf(triplets, gpu)).toMatchObject({ steps: 100 * 35, images: 100 * 35 * 720 });
  });

  it("is said in images and hours, from the least to the most", () => {
    const text = costText(all, gpu);
    expect(text).toContain("30 trainings of 25,045 faces, 15 side by side: 43,848,000 images, 1 h ");
    expect(text).toMatch(/^paper, ResNet18 +3 +100 +24,500 +7,560,000 /m);
  });

  it("puts what ends in a quarter of an hour first: every row of best, ResNet18's before the others", () => {
    const plan = planOf({ trainings: all, circumstances: gpu, minutes: 15, threads: 1 });
    expect(plan.ending.map(({ training }) => training.preset)).toEqual(Array(15).fill("best"));
    expect(plan.ending.slice(0, 3).map(({ training }) => training.network)).toEqual(Array(3).fill("resnet18"));
    expect(plan.others.length).toBe(15);
  });

  it("fills places as they come free", () => {
    expect(wallSeconds([3, 1, 1, 1], 2)).toBe(3);
    expect(wallSeconds([], 2)).toBe(0);
    expect(endingFirst([3, 9, 1], (seconds) => seconds, { atOnce: 1, within: 4 })).toEqual({ ending: [3, 1], others: [9] });
  });
});

describe("the rows", () => {
  const file = join(folder, "rows.json");
  const measured = (value: number) => ({ value, low: value - 1, high: value + 1 });
  const scores = Object.fromEntries(
    ["accuracy", "macroPrecision", "macroRecall", "paperF1", "neighbors", "nmi"].map((name, i) => [name, measured(60 + i)]),
  ) as Record<"accuracy" | "macroPrecision" | "macroRecall" | "paperF1" | "neighbors" | "nmi", ReturnType<typeof measured>>;
  const made = { device: "cpu", machine: "one", commit: "0" };
  const row = (method: "sgm" | "triplet", seconds: number) => ({
    network: "resnet18" as const,
    method,
    seed: 0,
    seconds,
    ...scores,
    ...made,
  });
  const study = { preset: "paper", network: "resnet18", epochs: 100 } as const;

  it("are kept one by one, a new one in place of an old one", async () => {
    expect([rowsTable(file), pairsTable(file)]).toEqual(["No row has been made yet.", "No row has been made yet."]);
    await keep(file, study, { rows: [row("sgm", 600)], pairs: [] });
    await keep(file, { ...study, epochs: 25 }, { rows: [row("sgm", 60)], pairs: [] });
    await keep(file, study, { rows: [row("triplet", 660), row("sgm", 720)], pairs: [] });
    expect(keptIn(file).rows.map(({ method, epochs, seconds }) => [method, epochs, seconds])).toEqual([
      ["sgm", 25, 60],
      ["triplet", 100, 660],
      ["sgm", 100, 720],
    ]);
    const training = trainingsOf(everything, asked).find((one) => nameOf(one) === "paper resnet18 sgm") as Training;
    expect(has(keptIn(file), training)).toBe(true);
    expect(has(keptIn(file), { ...training, preset: "best", epochs: 16 })).toBe(false);
    expect(rowsTable(file)).toContain("| `paper`, 25 epochs, ResNet18, SGM | 60.0 <sub>59.0–61.0</sub> |");
    expect(rowsTable(file)).toContain("| `paper`, ResNet18, SGM | 60.0 <sub>59.0–61.0</sub> |");
  });
});

describe("the campaign", () => {
  const script = resolve(import.meta.dirname, "../experiments/fer-plus-tables.ts");
  const words = (...options: string[]) => ["--conditions=semblant-source", script, ...options];
  const runs = join(folder, "runs");
  const asked = "--data generated --device cpu --presets best --networks resnet18 --steps 2";
  const small = "data.count=120 network.baseChannels=2 perClass=2 validation.gallery=40";
  const rehearsal = words(...asked.split(" "), "--runs", runs, ...small.split(" "));

  it.skipIf(engine().cuda)("says in a sentence that there is no GPU", () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, words("--data", "generated", "--device", "cuda"), { encoding: "utf8" });
    expect({ status, stdout, stderr }).toEqual({
      status: 2,
      stdout: "",
      stderr: "fer-plus-tables: expected a GPU for --device cuda, but libtorch finds none on this machine: it has cpu.\n  See: --help\n",
    });
  });

  it("keeps a row as its training ends, goes on after a kill, makes no row twice, and compares the losses of a network", async () => {
    const first = spawn(process.execPath, rehearsal, { stdio: ["ignore", "pipe", "inherit"] });
    const file = join(runs, "fer-plus-tables.json");
    await new Promise<void>((seen) => first.stdout.on("data", (text) => String(text).includes("accuracy") && seen()));
    const gone = new Promise((ended) => first.on("close", ended));
    for (let i = 0; i < 100 && !existsSync(file); i++) await new Promise((later) => setTimeout(later, 20)); // the row is being written
    first.kill("SIGKILL");
    await gone;
    const made = keptIn(file).rows.length;
    expect(made).toBeGreaterThan(0);
    const again = spawnSync(process.execPath, rehearsal, { encoding: "utf8" });
    expect({ status: again.status, stderr: again.stderr }).toEqual({ status: 0, stderr: "" });
    expect(again.stdout).toContain(`${made} of 3 rows are in `);
    expect(keptIn(file).rows.map(({ method }) => method)).toEqual(["cross-entropy", "triplet", "sgm"]);
    expect(keptIn(file).pairs.map(({ pair }) => pair)).toEqual(["ResNet18, SGM − CNN", "ResNet18, SGM − Triplet"]);
    expect(readFileSync(join(runs, "fer-plus-tables.md"), "utf8")).toContain("# A rehearsal: 3 rows\n");
  });
});
