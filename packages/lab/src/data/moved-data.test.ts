import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRun, openRun } from "@semblant/training";
import { resolveSettings } from "@semblant/training/settings";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { embedData } from "../runs/embed-data.ts";
import { evaluateRun } from "../runs/evaluate-run.ts";
import { exportRun } from "../runs/export-run.ts";
import { mapSpace } from "../runs/map-space.ts";
import { softLabels } from "../runs/soft-labels.ts";
import { trainRun } from "../runs/train-run.ts";

const folder = mkdtempSync(join(tmpdir(), "semblant-moved-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (path: string) => join(folder, path);
const sourceOf = (run: string) => JSON.parse(readFileSync(join(at(run), "settings.json"), "utf8")).settings.data.source as string;

const overrides = [
  "network.baseChannels=8",
  "network.stem=7x7",
  "perClass=4",
  "steps=4",
  "device=cpu",
  "precision=float32",
  "data.cache=false",
];

async function trained(run: string, { stopAfter }: { readonly stopAfter?: number } = {}): Promise<void> {
  const stop = new AbortController();
  await trainRun({ overrides: [...overrides, `data.source=${at("faces")}`], out: at(run), threads: 1, signal: stop.signal }, ({ step }) => {
    if (step === stopAfter) stop.abort();
  });
}

beforeAll(async () => {
  for (const [c, name] of ["happy", "sad"].entries()) {
    for (let i = 0; i < 20; i++) {
      const part = i < 12 ? "train" : i < 16 ? "validation" : "test";
      mkdirSync(at(`faces/${part}/${name}`), { recursive: true });
      const background = { r: 40 + 100 * c + i, g: 40 + 100 * c + i, b: 40 + 100 * c + i };
      await sharp({ create: { width: 32, height: 32, channels: 3, background } }).toFile(at(`faces/${part}/${name}/${i}.png`));
    }
  }
  await trained("finished");
  await trained("stopped", { stopAfter: 2 });
  await trained("swapped", { stopAfter: 2 });
}, 120_000);

describe("a run", () => {
  it("keeps where its data are from any working folder", async () => {
    const run = createRun(
      at("relative"),
      resolveSettings({}, ["data.source=set", "data.corrections=../fixes.csv", "network.weights=w.safetensors"]),
    );
    expect([run.settings.data.source, run.settings.data.corrections, run.settings.network.weights]).toEqual([
      join(process.cwd(), "set"),
      join(process.cwd(), "../fixes.csv"),
      join(process.cwd(), "w.safetensors"),
    ]);
    expect(createRun(at("drawn"), resolveSettings()).settings.data.source).toBe("generated");
  });

  it("is measured, embedded and gone on with where its data were moved to, and knows the place from then on", async () => {
    const before = await evaluateRun(at("finished"), { bootstrap: 0, threads: 1 });
    renameSync(at("faces"), at("elsewhere"));
    const data = at("elsewhere");
    const after = await evaluateRun(at("finished"), { data, bootstrap: 0, threads: 1 });
    expect(after.evaluation.metrics).toEqual(before.evaluation.metrics);
    expect([after.dataset.split, after.gallery]).toEqual(["test", undefined]);
    expect((await embedData(at("finished"), { data, threads: 1 })).rows).toBe(8);

    const gone = `data at ${at("faces")}: no such file or folder.\n  The run was trained on what lay there. If it was moved, say where it is now with --data.`;
    await expect(trainRun({ resume: at("stopped") })).rejects.toThrow(gone);
    await expect(evaluateRun(at("finished"), { threads: 1 })).rejects.toThrow(gone);
    await expect(embedData(at("finished"), { threads: 1 })).rejects.toThrow(gone);
    await expect(mapSpace(at("finished"), { threads: 1 })).rejects.toThrow(gone);
    await expect(exportRun(at("finished"), { out: at("x.onnx") })).rejects.toThrow(gone);
    await expect(softLabels([at("finished")], { threads: 1 })).rejects.toThrow(gone);
    const { last } = await trainRun({ resume: at("stopped"), moved: { source: data }, threads: 1 });
    expect([last.step, sourceOf("stopped")]).toEqual([4, data]);
    expect((await evaluateRun(at("stopped"), { bootstrap: 0, threads: 1 })).dataset.n).toBe(8);
  });

  it("of an earlier version is told by naming the place twice", async () => {
    const run = openRun(at("finished"));
    const best = run.best() as NonNullable<ReturnType<typeof run.best>>;
    const { data: _, ...state } = best.state;
    cpSync(at("finished"), at("earlier"), { recursive: true });
    openRun(at("earlier")).saveBest({ tensors: best.tensors, state });
    const place = at("elsewhere");
    const { dataset, gallery } = await evaluateRun(at("earlier"), { data: place, gallery: place, bootstrap: 0, threads: 1 });
    expect([dataset.split, dataset.n, gallery]).toEqual(["test", 8, undefined]);
  });

  it("does not go on with other faces that are as many, and keeps where its own were", async () => {
    cpSync(at("elsewhere"), at("swapped-labels"), { recursive: true });
    renameSync(at("swapped-labels/train/happy"), at("swapped-labels/train/x"));
    renameSync(at("swapped-labels/train/sad"), at("swapped-labels/train/happy"));
    renameSync(at("swapped-labels/train/x"), at("swapped-labels/train/sad"));
    await expect(trainRun({ resume: at("swapped"), moved: { source: at("swapped-labels") }, threads: 1 })).rejects.toThrow(
      "expected the data it began with, but other pixels are there now.",
    );
    expect(sourceOf("swapped")).toBe(at("faces"));
  });
});
