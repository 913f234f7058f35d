import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataError, OptionError } from "@semblant/core";
import { engine, readSafetensors, setThreads, type Tensor } from "@semblant/torch";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { embed } from "../embedding/embed.ts";
import { stripes, tinySettings } from "../fixtures/stripes.ts";
import { buildTraining } from "../loop/build-training.ts";
import { train } from "../loop/train.ts";
import type { PartialSettings } from "../settings/setting-types.ts";
import { embedSplits } from "./embed-splits.ts";
import { loadRun } from "./load-run.ts";
import { beginsAnew, goesOnAfter } from "./missing-checkpoint.ts";
import { createRun, openRun, type Run } from "./run.ts";

let folder: string;
beforeAll(() => setThreads(1));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "run-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const data = stripes();
const dir = (name = "a") => join(folder, name);
const go = (run: Run, steps = Number.POSITIVE_INFINITY, set = data) => {
  for (const step of train({ ...buildTraining(run.settings, set), run })) if (step.step === steps) break;
};
/** Bytes of every tensor of a checkpoint, and its state without what the clock says. */
const contents = (name: string, which: "last" | "best") => {
  const { tensors, metadata } = readSafetensors(join(dir(name), `${which}.safetensors`));
  const bytes = (tensor: Tensor) => Buffer.from(tensor.bytes()).toString("hex");
  return {
    state: { ...JSON.parse(metadata.state as string), seconds: 0 },
    tensors: new Map([...tensors].map(([key, tensor]) => [key, bytes(tensor)])),
  };
};

describe("createRun", () => {
  it("makes the folder and keeps the settings, complete, with the format's version", () => {
    const settings = tinySettings({ seed: 5 });
    const run = createRun(dir(), settings);
    expect(run.settings).toEqual(settings);
    expect(JSON.parse(readFileSync(join(dir(), "settings.json"), "utf8"))).toEqual({ format: 1, checkpointed: false, settings });
    expect(openRun(dir()).settings).toEqual(settings);
  });

  it("says which device and precision auto was on this machine", () => {
    const { device, precision } = createRun(dir(), tinySettings({ device: "auto", precision: "auto" })).settings;
    expect(engine().devices).toContain(device);
    expect(precision).toBe(engine().bfloat16 ? "bfloat16" : "float32");
  });

  it("takes an empty folder, and one where a killed process left half a file", () => {
    mkdirSync(dir());
    writeFileSync(join(dir(), "settings.json.123.tmp"), "{");
    expect(createRun(dir(), tinySettings()).dir).toBe(dir());
  });

  it("refuses a folder with a run or with anything else", () => {
    createRun(dir(), tinySettings());
    expect(() => createRun(dir(), tinySettings())).toThrow(OptionError);
    expect(() => createRun(dir(), tinySettings())).toThrow(
      `createRun: ${dir()} holds a run already.\n  Resume it, or name another folder.`,
    );
    mkdirSync(dir("b"));
    writeFileSync(join(dir("b"), "holiday.png"), "");
    expect(() => createRun(dir("b"), tinySettings())).toThrow(
      `createRun: expected ${dir("b")} to be empty or not there, but it holds "holiday.png".\n  Name another folder.`,
    );
  });
});

describe("openRun", () => {
  const settingsFile = (content: string) => {
    mkdirSync(dir());
    writeFileSync(join(dir(), "settings.json"), content);
    return () => openRun(dir());
  };

  it("refuses a folder without a run", () => {
    expect(() => openRun(dir())).toThrow(DataError);
    expect(() => openRun(dir())).toThrow(`run at ${dir()}: there is no such folder.\n  A run's folder is made by train.`);
    mkdirSync(dir("empty"));
    expect(() => openRun(dir("empty"))).toThrow(
      `run at ${dir("empty")}: no file settings.json.\n  A run's folder is made by train and holds one.`,
    );
  });

  it("refuses a run of another version's format", () => {
    const open = settingsFile(JSON.stringify({ format: 2, settings: tinySettings() }));
    expect(open).toThrow(DataError);
    expect(open).toThrow(
      `run at ${dir()}: expected format 1, but got 2.\n  Another version of semblant wrote it; open it with that version.`,
    );
  });

  it("opens a run that was made when there were fewer settings, as it was meant", () => {
    const { loss, network, ...settings } = tinySettings({ loss: { name: "triplet", mining: "batch-hard" } });
    const { head: _head, weights: _weights, ...earlierNetwork } = network;
    const earlierLoss = { name: loss.name, sigma: 2, margin: 1, mining: loss.mining, regularizer: 0 };
    settingsFile(
      JSON.stringify({ format: 1, settings: { ...settings, network: { ...earlierNetwork, pooling: null }, loss: earlierLoss } }),
    );
    const run = openRun(dir());
    expect(run.settings.loss).toEqual({ ...loss, margin: 1, regularizer: 0 });
    expect(run.settings.network).toEqual(network);
    expect(buildTraining(run.settings, data).loss.settings).toEqual({ margin: 1, mining: "batch-hard", regularizer: 0, normalize: false });
  });

  it("refuses settings that are not JSON, not settings or out of range", () => {
    const open = settingsFile("{");
    expect(open).toThrow(`${join(dir(), "settings.json")}: expected JSON with format and settings, but got something else.`);
    writeFileSync(join(dir(), "settings.json"), JSON.stringify({ format: 1, settings: { ...tinySettings(), perClass: 0 } }));
    expect(open).toThrow(DataError);
    expect(open).toThrow("expected perClass to be a whole number of 1 or more, but got 0.");
    writeFileSync(join(dir(), "settings.json"), JSON.stringify({ format: 1 }));
    expect(open).toThrow(DataError);
  });
});

describe("a run", () => {
  it("holds settings, steps, events, the last and the best checkpoint, and nothing else", () => {
    go(createRun(dir(), tinySettings()));
    const names = readdirSync(dir()).map((name) => name.replace(/\d+\.0000/, "<time>"));
    expect(names.sort()).toEqual([
      "best.safetensors",
      "events.out.tfevents.<time>.semblant",
      "last.safetensors",
      "settings.json",
      "steps.jsonl",
    ]);
    expect(
      openRun(dir())
        .steps()
        .map(({ step }) => step),
    ).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  const kinds: [string, PartialSettings][] = [
    ["the preset best, in the middle of an epoch", {}],
    ["a softmax head and plain batches", { loss: { name: "softmax" }, sampler: "plain", batch: 16 }],
    ["random triplets and AMSGrad", { preset: "paper", loss: { name: "triplet" }, batch: 8 }],
    ["SGD without an average", { optimizer: { name: "sgd" }, ema: null, clip: null }],
    ["triplets drawn by distance from a memory", { loss: { name: "triplet", mining: "distance-weighted", memory: 30 } }],
    ["contrastive pairs with a memory", { loss: { name: "contrastive", memory: 50 } }],
    ["learned directions", { loss: { name: "arcface", scale: 8 } }],
    ["learned proxies", { loss: { name: "proxy-anchor" } }],
  ];
  it.each(kinds)("stopped and resumed ends at the same bytes as one that was not: %s", (_, given) => {
    go(createRun(dir("whole"), tinySettings(given)));
    go(createRun(dir("broken"), tinySettings(given)), 3);
    expect(openRun(dir("broken")).last()?.state.step).toBe(3);
    go(openRun(dir("broken")), 7);
    go(openRun(dir("broken")));
    for (const which of ["last", "best"] as const) expect(contents("broken", which)).toEqual(contents("whole", which));
    const losses = (name: string) =>
      openRun(dir(name))
        .steps()
        .map(({ step, loss }) => [step, loss]);
    expect(losses("broken")).toEqual(losses("whole"));
  });

  it("is refused where its checkpoint is gone, and begins anew only where none was written yet", () => {
    const run = createRun(dir(), tinySettings({ steps: 2 }));
    go(run);
    const logged = readFileSync(join(dir(), "steps.jsonl"), "utf8");
    rmSync(join(dir(), "last.safetensors"));
    expect(() => go(openRun(dir()))).toThrow(
      `run at ${dir()}: expected its checkpoint last.safetensors to go on from, but it is gone; steps logged: 2.\n  Put it back, or train anew into another folder. Its best weights are there, and can be evaluated.`,
    );
    expect(() => loadRun(dir(), { which: "last" })).toThrow("expected the file last.safetensors, which was written, but it is gone.");
    expect(readFileSync(join(dir(), "steps.jsonl"), "utf8")).toBe(logged);

    createRun(dir("killed"), tinySettings({ steps: 2 })); // before its first checkpoint, with its best weights already there
    writeFileSync(join(dir("killed"), "steps.jsonl"), logged);
    copyFileSync(join(dir(), "best.safetensors"), join(dir("killed"), "best.safetensors"));
    expect(beginsAnew(openRun(dir("killed")))).toBe(true);
    go(openRun(dir("killed")));
    expect(openRun(dir("killed")).begun).toBe(true);
  });

  it("leaves no lock, and keeps what was saved, where a checkpoint cannot be written", () => {
    const run = createRun(dir(), tinySettings({ steps: 6, checkpoint: { seconds: 0 } }));
    const full = () => {
      throw new DataError("last.safetensors: no space", {
        cause: Object.assign(new Error("ENOSPC"), { code: "ENOSPC", syscall: "write" }),
      });
    };
    let tried = 0;
    const failing: Run = {
      ...run,
      get begun() {
        return run.begun;
      },
      saveLast: (checkpoint) => {
        tried++;
        full();
        run.saveLast(checkpoint);
      },
    };
    let error: unknown;
    try {
      go(failing);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ message: "last.safetensors: no space" });
    expect([tried, goesOnAfter(run, error)]).toEqual([1, 0]); // not once more on the way out
    expect(readdirSync(dir())).not.toContain("lock");
    expect(goesOnAfter(run, new Error("another"))).toBeUndefined();
  });

  it("leaves no lock where its logs cannot be opened", () => {
    const run = createRun(dir(), tinySettings());
    mkdirSync(join(dir(), "steps.jsonl"));
    expect(() => run.log(0)).toThrow(`${join(dir(), "steps.jsonl")}: expected to open it, but it is a folder (EISDIR).`);
    expect(readdirSync(dir())).not.toContain("lock");
  });

  it("names the file that is a folder or is cut short", () => {
    const run = createRun(dir(), tinySettings({ steps: 1 }));
    go(run);
    const best = join(dir(), "best.safetensors");
    writeFileSync(best, readFileSync(best).subarray(0, -100));
    expect(() => loadRun(dir())).toThrow(
      /best\.safetensors: ".*" lies at bytes \d+ to \d+, but the data has \d+\.\n {2}The file is cut short, or its header is wrong\.\n {2}Its last weights may do \(--weights last\)\.$/,
    );
    rmSync(best);
    mkdirSync(best);
    expect(() => loadRun(dir())).toThrow(
      `${best}: expected to read it, but it is a folder (EISDIR).\n  Its last weights may do (--weights last).`,
    );
    rmSync(join(dir(), "settings.json"));
    mkdirSync(join(dir(), "settings.json"));
    expect(() => openRun(dir())).toThrow(`${join(dir(), "settings.json")}: expected to read it, but it is a folder (EISDIR).`);
  });

  it("has nothing left to do once it is finished", () => {
    go(createRun(dir(), tinySettings({ steps: 2 })));
    const run = openRun(dir());
    expect([...train({ ...buildTraining(run.settings, data), run })]).toEqual([]);
    expect(run.steps()).toHaveLength(2);
  });

  it("goes on only with the data it began with", () => {
    go(createRun(dir(), tinySettings()), 2);
    expect(() => go(openRun(dir()), 3, stripes({ train: 30 }))).toThrow(
      `run at ${dir()}: expected the data it began with, 60 training images of 3 classes, but got 30 of 3.`,
    );
  });

  it("says that its checkpoint is no checkpoint when the file is cut short or is another's", () => {
    go(createRun(dir(), tinySettings({ steps: 1 })));
    const last = join(dir(), "last.safetensors");
    const bytes = readFileSync(last);
    for (const length of [0, 7, 100, bytes.length - 1]) {
      writeFileSync(last, bytes.subarray(0, length));
      expect(() => go(openRun(dir())), `${length} bytes`).toThrow(DataError);
    }
  });

  it("says that its checkpoint is damaged when one byte of it was changed", () => {
    const run = createRun(dir(), tinySettings());
    go(run, 1);
    const path = join(dir(), "last.safetensors");
    const whole = readFileSync(path);
    for (const at of [whole.length - 3, Math.floor(whole.length / 2)]) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] as number) ^ 1;
      writeFileSync(path, bytes);
      expect(() => run.last()).toThrow(/last\.safetensors: expected the checksum [0-9a-f]{8}, but got [0-9a-f]{8}: the file is damaged\.$/);
    }
    writeFileSync(path, whole);
    expect(run.last()?.state.step).toBe(1);
  });

  it("keeps its checkpoint and its logs in step when the caller throws", () => {
    const run = createRun(dir(), tinySettings());
    expect(() => {
      for (const step of train({ ...buildTraining(run.settings, data), run })) if (step.step === 4) throw new Error("the terminal is gone");
    }).toThrow("the terminal is gone");
    expect(run.last()?.state.step).toBe(4);
    expect(run.steps()).toHaveLength(4);
  });
});

describe("loadRun", () => {
  it("gives the network of the best validation, in eval mode, with settings and classes", () => {
    go(createRun(dir(), tinySettings({ epochs: 4, augmentation: "none" })));
    const { network, classes, settings, step } = loadRun(dir());
    expect(network.training).toBe(false);
    expect(classes).toEqual(["flat", "upright", "level"]);
    expect(settings).toEqual(tinySettings({ epochs: 4, augmentation: "none" }));
    const best = openRun(dir()).last()?.state.best;
    expect(step).toBe(best?.step);
    expect(embed(network, data.test)).toMatchObject({ rows: 18, columns: 8, ids: data.test.ids });
  });

  it("gives the last weights without their average when asked for them", () => {
    go(createRun(dir(), tinySettings()), 4);
    expect(loadRun(dir(), { which: "last" }).step).toBe(4);
  });

  it("brings the classifier of a softmax run back, so that embedSplits has its posterior", () => {
    go(createRun(dir(), tinySettings({ loss: { name: "softmax" } })));
    const { train: X, validation, test, head } = embedSplits(loadRun(dir()), data);
    expect([X.rows, validation.rows, test.rows]).toEqual([60, 18, 18]);
    expect(head?.length).toBe(18 * 3);
    const sums = Array.from({ length: 18 }, (_, i) => (head as Float32Array).subarray(3 * i, 3 * i + 3).reduce((a, b) => a + b));
    for (const sum of sums) expect(sum).toBeCloseTo(1, 5);
  });

  it("gives the latest weights as the best where nothing is validated", () => {
    go(createRun(dir(), tinySettings()), 3, stripes({ validation: 0 }));
    expect(loadRun(dir()).step).toBe(3);
  });

  it("says that there is nothing to load before the first checkpoint", () => {
    createRun(dir(), tinySettings());
    expect(() => loadRun(dir())).toThrow(
      `run at ${dir()}: no file best.safetensors yet.\n  The first checkpoint has not been written; go on with the training.`,
    );
  });
});
