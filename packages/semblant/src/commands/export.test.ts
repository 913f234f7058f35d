import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expectedCalibrationError } from "@semblant/core";
import { cardOf, onnxRuntime, openExpressionModel } from "@semblant/faces";
import * as ort from "onnxruntime-node";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type ExportedRun, exportRun } from "../../../lab/src/runs/export-run.ts";
import { trainRun } from "../../../lab/src/runs/train-run.ts";
import { modelCard } from "../../../photos/src/models/model-card.ts";
import { runProgram } from "../program.ts";

/** The same options give the same faces: each set is drawn once, not again by every export. */
vi.mock("../../../datasets/src/generated/generate.ts", async (original) => {
  const module = await original<typeof import("../../../datasets/src/generated/generate.ts")>();
  const drawn = new Map<string, ReturnType<typeof module.generateFaces>>();
  const generateFaces: typeof module.generateFaces = (options = {}) => {
    const key = JSON.stringify(options);
    const faces = drawn.get(key) ?? module.generateFaces(options);
    drawn.set(key, faces);
    return faces;
  };
  return { ...module, generateFaces };
});

const folder = mkdtempSync(join(tmpdir(), "semblant-export-"));
afterAll(() => rmSync(folder, { recursive: true }));
const run = join(folder, "run");
/** A training of a second: 240 faces, a narrow network. */
const tiny = [
  "data.source=generated",
  "data.count=240",
  "network.baseChannels=4",
  "network.stem=7x7",
  "perClass=4",
  "steps=3",
  "precision=float32",
];
const model = (name: string) => join(folder, `${name}.onnx`);
const runtime = onnxRuntime(ort, { intraOpNumThreads: 1 });

let made: ExportedRun;
beforeAll(async () => {
  await trainRun({ overrides: tiny, out: run });
  made = await exportRun(run, { out: model("whole"), name: "tiny" });
});

describe("exportRun", () => {
  it("writes a file that says everything of itself, and reads it back", async () => {
    const bytes = readFileSync(made.path);
    expect(bytes.length).toBe(made.bytes);
    expect(cardOf(bytes)).toEqual(made.card);
    const { card } = made;
    expect(card).toMatchObject({
      format: 1,
      name: "tiny",
      summary: "Says which of 8 looks a face has, by 8 Gaussians in a learned space of 64 dimensions, and how near two faces lie in it.",
      input: { size: 48, channels: 1 },
      dimensions: 64,
      licence: "Weights: MIT. Trained on faces drawn by semblant.",
      provenance: { "trained on": "generated faces, majority labels", steps: 3, seed: 0, "stored weights": "float32" },
    });
    expect(card.limits.join()).toContain("drawn by a program");
    expect(card.limits.join()).not.toContain("came from the web");
    const [measured] = card.measured;
    expect(measured?.n).toBe(48);
    expect(Object.keys(measured?.recall ?? {}).sort()).toEqual([...card.classes].sort());
    expect(card.identityLeak).toMatchObject({ data: "generated faces", n: 800 });
  });

  it("says what its answers are worth where faces are unlike the validation faces, from changed copies of those", () => {
    const { shift } = made.card;
    expect(shift?.center).toHaveLength(64);
    expect(shift?.shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 3);
    expect(shift?.confusions.map(({ distance }) => distance)).toEqual([0, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2]);
    for (const { rates } of shift?.confusions ?? []) for (const row of rates) expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 3);
  });

  it("finds the file equal to the network to the last bits of float32", () => {
    expect(made.parity.faces).toBe(48);
    expect(made.parity.difference).toBeLessThan(1e-5 * made.parity.greatest);
    expect(made.parity.greatest).toBeGreaterThan(0);
  });

  it("measures what whoever opens the file will find", async () => {
    const opened = await openExpressionModel(readFileSync(made.path), runtime);
    const { generateFaces } = await import("@semblant/datasets");
    const { cropsOf } = await import("@semblant/lab/internals");
    const { test } = generateFaces({ count: 240 });
    const X = await opened.embed(cropsOf(test));
    const { predicted } = opened.gaussians.classify(X);
    const right = predicted.filter((c, i) => c === test.labels[i]).length;
    expect((100 * right) / 48).toBeCloseTo(made.card.measured[0]?.metrics.accuracy?.value as number, 4);
    expect(opened.classify(X)).toHaveLength(48);
    // The card's calibration error is that of a set's answers, discounted as whoever asks hears them.
    const heard = opened.classify(X, { together: true }).map(({ distribution }) => Math.max(...distribution));
    const correct = predicted.map((c, i) => (c === test.labels[i] ? 1 : 0));
    const stated = made.card.measured[0]?.metrics.ece?.value as number;
    expect(100 * expectedCalibrationError(heard, correct)).toBeCloseTo(stated, 3);
    await opened.close();
  });

  it("stores weights in fewer bits, a little off and within what is allowed", async () => {
    for (const [weights, part] of [
      ["float16", 0.75],
      ["int8", 0.6],
    ] as const) {
      const { bytes, parity, card } = await exportRun(run, { out: model(weights), weights });
      expect(bytes / made.bytes).toBeLessThan(part); // the card is a good part of a file as small as this
      expect(parity.difference).toBeGreaterThan(made.parity.difference);
      expect(card.provenance["stored weights"]).toBe(weights);
      expect(card.name).toBe("run");
    }
  });

  it("computes in int8 where that is asked for, and says so", async () => {
    const { bytes, parity, card } = await exportRun(run, { out: model("eight"), compute: "int8" });
    expect(bytes / made.bytes).toBeLessThan(0.7);
    expect(parity.cosine).toBeGreaterThan(0.995);
    expect(parity.cosine).toBeLessThan(made.parity.cosine);
    expect(card.provenance).toMatchObject({ "stored weights": "int8", "computes in": "int8, calibrated on 32 validation faces" });
    expect(made.card.provenance["computes in"]).toBeUndefined();
    await expect(exportRun(run, { out: model("odd"), compute: "int8", weights: "float16" })).rejects.toThrow(
      'export: expected weights of int8 to compute in int8, but got "float16".',
    );
    await expect(exportRun(run, { out: model("odd"), compute: "int4" as "int8" })).rejects.toThrow(
      'export: expected compute to be one of float32, int8, but got "int4".',
    );
  });

  it("gives classes several Gaussians, as many as are asked for and the faces bear", async () => {
    const { card } = await exportRun(run, { out: model("kinds"), subclasses: 3 });
    expect(card.gaussians.parents).toEqual(made.card.gaussians.parents); // 20 faces a class are too few to split
    await expect(exportRun(run, { out: model("kinds"), subclasses: 0 })).rejects.toThrow(
      "export: expected subclasses to be a whole number above 0, but got 0.",
    );
  });

  it("says that a face and its flip are embedded, where they are", async () => {
    const { card, parity } = await exportRun(run, { out: model("mirror"), mirror: true });
    expect(card.provenance.embeds).toBe("each face and its flip, the mean of both (test-time flip)");
    expect(made.card.provenance.embeds).toBe("each face as it is");
    expect(parity.difference).toBeLessThan(1e-5 * parity.greatest);
  });

  it("is a start for another training, whose own file says so", async () => {
    const out = join(folder, "on");
    const started: string[] = [];
    await trainRun({ overrides: [...tiny, `network.weights=${made.path}`], out }, undefined, (_, sentence) => started.push(sentence));
    expect(started).toEqual(["102 of 102 tensors start from whole.onnx."]);
    const { card } = await exportRun(out, { out: model("on") });
    expect(card.provenance["began from"]).toBe("whole.onnx");
    expect(made.card.provenance["began from"]).toBeUndefined();
  });

  it("is refused by whoever opens it once a byte was changed, in the network or in the card", () => {
    const bytes = readFileSync(made.path);
    const inCard = bytes.indexOf('"sigmas":[') + '"sigmas":['.length;
    for (const [at, what] of [
      [20_000, "weights"],
      [inCard, "a card"],
    ] as const) {
      const changed = Uint8Array.from(bytes);
      changed[at] = (changed[at] as number) ^ 1;
      expect(() => cardOf(changed)).toThrow(
        new RegExp(`^model: expected ${what} with checksum [0-9a-f]{8}, but got [0-9a-f]{8}: the file is damaged\\.$`),
      );
    }
  });

  it("writes nothing where it cannot", async () => {
    const before = readdirSync(folder).sort();
    await expect(exportRun(run, { out: join(folder, "model.pt") })).rejects.toThrow(
      `export: expected the file to end in .onnx, but got ${JSON.stringify(join(folder, "model.pt"))}.`,
    );
    await expect(exportRun(join(folder, "none"), { out: model("none") })).rejects.toThrow(/run at .*none/);
    await expect(exportRun(run, { out: model("odd"), weights: "int4" as "int8" })).rejects.toThrow(
      'exportOnnx: expected weights to be one of float32, float16, int8, but got "int4".',
    );
    await expect(exportRun(run, { out: model("odd"), opset: 9 } as never)).rejects.toThrow(/^export: .*opset/);
    expect(readdirSync(folder).sort()).toEqual(before);
  });

  it.each([
    ["preactresnet18", 32],
    ["cvgg13", 64],
  ])("resizes the faces in the file where %s takes another size, of a run in bfloat16", async (name, size) => {
    const dir = join(folder, name);
    const other = tiny.filter((one) => !/^(network\.stem|precision)/.test(one));
    await trainRun({ overrides: [...other, `network.name=${name}`, "precision=bfloat16"], out: dir, threads: 1 });
    const { card, parity } = await exportRun(dir, { out: model(name) });
    expect(JSON.parse(readFileSync(join(dir, "settings.json"), "utf8")).settings).toMatchObject({
      network: { size },
      precision: "bfloat16",
    });
    expect(card.input).toEqual({ size: 48, channels: 1 });
    expect(parity.difference).toBeLessThanOrEqual(1e-5 * parity.greatest);
    expect((await openExpressionModel(readFileSync(model(name)), runtime)).card.checksum).toBe(card.checksum);
  });

  it("refuses a network that ends in classes", async () => {
    const cnn = join(folder, "cnn");
    await trainRun({
      overrides: [...tiny.filter((one) => !one.startsWith("network.stem")), "network.head=classes", "loss.name=cross-entropy"],
      out: cnn,
    });
    await expect(exportRun(cnn, { out: model("cnn") })).rejects.toThrow(
      `run at ${cnn}: expected a network that ends in an embedding, but this one ends in its classes.`,
    );
    expect(existsSync(model("cnn"))).toBe(false);
  });
});

describe("export and model card from the command line", () => {
  const semblant = async (...args: string[]) => {
    const [stdout, stderr]: [string[], string[]] = [[], []];
    const status = await runProgram(args, {
      stdout: { write: (text: string) => stdout.push(text) },
      stderr: { write: (text: string) => stderr.push(text) },
      env: {},
    });
    return { status, stdout: stdout.join(""), stderr: stderr.join("") };
  };

  it("say how large the file is, how far off, how good, and what to do next", async () => {
    const { stdout, status } = await semblant("export", run, "--out", model("typed"), "--weights", "int8");
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /typed\.onnx: 0\.\d\d MB, opset 17\noff the network by [\d.e-]+ at most, of coordinates up to [\d.]+ \(48 faces\)\nnames \d+\.\d %/,
    );
    expect(stdout).toContain(`To read its card:  semblant model card ${model("typed")}`);
  });

  it("print the card as Markdown, and all of it as JSON", async () => {
    const text = await semblant("model", "card", made.path);
    expect(text.status).toBe(0);
    expect(text.stdout).toMatch(/^# tiny\n/);
    for (const heading of ["## Measured", "## Identity leak", "## Limits", "## Not acceptable", "## Where it comes from"]) {
      expect(text.stdout).toContain(`\n${heading}\n`);
    }
    const json = await semblant("model", "card", made.path, "--json");
    expect(JSON.parse(json.stdout)).toEqual(made.card);
    expect((await modelCard(made.path)).card).toEqual(made.card);
  });

  it("say what is missing or wrong", async () => {
    expect(await semblant("export", run)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('export: expected --out and a file, like "--out model.onnx".'),
    });
    expect(await semblant("model", "card", join(folder, "none.onnx"))).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("model: expected best, small, posed or a file, but there is no "),
    });
  });
});
