import { appendFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { createApi, type Shelf } from "@semblant/api";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { loadLab } from "../../lab/load-lab.ts";
import { evaluationFile, KeptMeasures } from "./kept-measures.ts";
import { Measure } from "./measure.ts";
import { runRoutes } from "./routes.ts";
import { RunRecords } from "./run-records.ts";
import { RunWatch } from "./run-watch.ts";
import { Trainings } from "./trainings.ts";

const around = realpathSync(mkdtempSync(join(tmpdir(), "semblant-runs-")));
const folder = join(around, "runs");
afterAll(() => rmSync(around, { recursive: true }));

/** A step as training writes it. */
const step = (n: number, more: object = {}) =>
  `${JSON.stringify({ step: n, steps: 4, epoch: Math.ceil(n / 2), epochs: 2, loss: 1 / n, learningRate: 0.001, imagesPerSecond: 50, secondsLeft: 4 - n, ...more })}\n`;
const validation = (value: number, best: number) => ({
  validation: { metric: "neighbors", value, best, improved: value === best, faces: 40 },
});

function writeRun(name: string, steps: string, settings: object = {}): string {
  const dir = join(folder, name);
  mkdirSync(dir, { recursive: true });
  const all = {
    format: 1,
    checkpointed: true,
    data: { pixels: "aa", labels: "bb" },
    settings: { seed: 1, loss: { name: "sgm", sigma: 2 }, clip: null, ...settings },
  };
  writeFileSync(join(dir, "settings.json"), JSON.stringify(all));
  writeFileSync(join(dir, "steps.jsonl"), steps);
  return dir;
}

/** The routes over the folder, asked as a page asks. Nothing of it needs libtorch. */
function open() {
  const where = () => folder;
  const [trainings, measures, watch] = [new Trainings(where, loadLab), new KeptMeasures(new Measure()), new RunWatch(where)];
  const records = new RunRecords(where, trainings, loadLab);
  const shelf = { home: "server", watch: () => () => {} } as unknown as Shelf;
  const api = createApi(shelf, [{ name: "runs", routes: runRoutes({ folder: where, lab: loadLab, records, trainings, measures, watch }) }]);
  const ask = async (path: string, body?: unknown, method = body === undefined ? "GET" : "POST") => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
    const response = await api(new Request(`http://localhost/api${path}`, { method, ...sent }));
    const text = await response.text();
    const answer: Record<string, unknown> = text === "" ? {} : JSON.parse(text);
    return Object.assign(answer, { status: response.status });
  };
  return { ask, watch };
}

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true });
  const stopped = step(1) + step(2, validation(40, 40)) + step(3);
  writeRun("stopped", stopped);
  writeRun("finished", `${stopped}${step(4, { ...validation(35, 40), ended: { reason: "finished", message: "All 4 steps are done." } })}`);
  writeRun("lost", step(1, { loss: null, ended: { reason: "not finite", message: "The loss is no number." } }));
});

describe("the runs of a folder", () => {
  it("are listed with how they stand", async () => {
    const { runs } = (await open().ask("/runs")) as unknown as { runs: { name: string; state: string; best: unknown; message: unknown }[] };
    const told = new Map(runs.map((run) => [run.name, run]));
    expect([...told].map(([name, { state }]) => [name, state]).sort()).toEqual([
      ["finished", "finished"],
      ["lost", "failed"],
      ["stopped", "stopped"],
    ]);
    expect(told.get("finished")?.best).toEqual({ metric: "neighbors", value: 40, step: 2 });
    expect(told.get("lost")?.message).toBe("The loss is no number.");
  });

  it("train where a living process holds their lock, also one of another terminal", async () => {
    writeFileSync(join(folder, "stopped", "lock"), JSON.stringify({ pid: process.pid, host: hostname() }));
    expect((await open().ask("/runs/stopped")).run).toMatchObject({ state: "running", step: 3, steps: 4, secondsLeft: 1 });
    expect(await open().ask("/runs/stopped/resume", {})).toMatchObject({
      status: 423,
      error: { message: "run stopped: expected a run that is not training, but it is." },
    });
    expect(await open().ask("/runs/finished/stop", {})).toMatchObject({
      status: 409,
      error: { message: "run finished: expected a run that trains, but it does not." },
    });
  });

  it("say their settings by dotted names, and what they were trained on", async () => {
    expect(await open().ask("/runs/stopped")).toMatchObject({
      settings: { seed: 1, "loss.name": "sgm", "loss.sigma": 2, clip: null },
      data: { pixels: "aa", labels: "bb" },
      weights: false,
    });
  });

  it("hold the levels of a subdivision, by names with a slash", async () => {
    writeRun("fear/level-1", step(1));
    writeFileSync(join(folder, "fear", "subdivision.json"), "{}");
    expect((await open().ask("/runs/fear%2Flevel-1")).run).toMatchObject({ name: "fear/level-1" });
  });

  it("are never outside of the folder, whatever name is asked for and wherever a link leads", async () => {
    writeFileSync(join(around, "settings.json"), "{}");
    symlinkSync(around, join(folder, "link"));
    for (const name of ["..", "../runs/stopped", "stopped/../stopped", ".", "/etc", "link", "stopped%00"]) {
      for (const part of ["", "/steps", "/evaluation", "/map"]) {
        expect([name, (await open().ask(`/runs/${encodeURIComponent(name)}${part}`)).status]).toEqual([name, 404]);
      }
      expect((await open().ask(`/runs/${encodeURIComponent(name)}/stop`, {})).status).toBe(404);
    }
  });
});

describe("the curves of a run", () => {
  it("come as columns, and then only what is new", async () => {
    const { ask } = open();
    expect(await ask("/runs/stopped/steps")).toMatchObject({
      generation: 1,
      whole: true,
      metric: "neighbors",
      step: [1, 2, 3],
      loss: [1, 1 / 2, 1 / 3],
      validation: { step: [2], value: [40], faces: [40] },
    });
    appendFileSync(join(folder, "stopped", "steps.jsonl"), step(4, validation(45, 45)).slice(0, -20));
    expect(await ask("/runs/stopped/steps?after=3&generation=1")).toMatchObject({ whole: false, step: [] }); // half a line is none
    appendFileSync(join(folder, "stopped", "steps.jsonl"), step(4, validation(45, 45)).slice(-20));
    expect(await ask("/runs/stopped/steps?after=3&generation=1")).toMatchObject({ whole: false, step: [4], validation: { value: [45] } });
  });

  it("come anew where a resumed run dropped the steps after its checkpoint", async () => {
    const { ask } = open();
    await ask("/runs/stopped/steps");
    truncateSync(join(folder, "stopped", "steps.jsonl"), step(1).length);
    expect(await ask("/runs/stopped/steps?after=3&generation=1")).toMatchObject({ generation: 2, whole: true, step: [1] });
  });

  it("have no number where the loss was none", async () => {
    expect(await open().ask("/runs/lost/steps")).toMatchObject({ loss: [null] });
  });

  it("are told of as they grow", async () => {
    const { ask, watch } = open();
    const told: string[] = [];
    const end = watch.watch((run) => told.push(run));
    await ask("/runs");
    appendFileSync(join(folder, "stopped", "steps.jsonl"), step(4));
    while (told.length === 0) await new Promise((done) => setTimeout(done, 50));
    end();
    expect(new Set(told)).toEqual(new Set(["stopped"]));
  });
});

describe("a new run", () => {
  it("is asked for by every setting of the command, with what holds for it", async () => {
    const { fields } = (await open().ask("/run-settings", {
      settings: { "loss.name": "triplet", "loss.mining": "random" },
    })) as unknown as {
      fields: { name: string; value: unknown; choices: unknown; expected: string; main: boolean }[];
    };
    const of = new Map(fields.map((field) => [field.name, field]));
    expect(of.get("sampler")).toMatchObject({ value: "triplets", choices: ["balanced", "square-root", "triplets", "plain"], main: false });
    expect(of.get("epochs")).toMatchObject({ value: 16, expected: "a whole number from 1 to 1000000", main: true });
    expect(of.has("loss.sigma")).toBe(false); // not of this loss
    expect(fields.filter(({ main }) => main).map(({ name }) => name)[0]).toBe("data.source");
  });

  it.each([
    [{ settings: { "loss.sigma": "-1" } }, "settings: expected loss.sigma to be a number above 0, but got -1."],
    [{ settings: { "loss.sigmma": "2" } }, 'settings: unknown option "loss.sigmma"; did you mean "loss.sigma"?'],
    [{ settings: { "--resume": "x" } }, 'settings: unknown option "--resume"; known: '],
    [{ name: "../x", settings: {} }, 'runs: expected a name of up to 64 letters, digits, dots and dashes, but got "../x".'],
    [{ name: "stopped", settings: {} }, 'runs: expected the name of a new run, but "stopped" is there already.'],
    [{ settings: { epochs: 3 } }, "runs: expected settings.epochs to be a text, as it is typed after semblant train, but got 3."],
  ])("is refused in the words of the command: %j", async (given, message) => {
    const { status, error } = (await open().ask("/runs", given)) as unknown as { status: number; error: { message: string } };
    expect([status, error.message.slice(0, message.length)]).toEqual([400, message]);
  });

  it("is refused before a process is started where its data are not there", async () => {
    expect(await open().ask("/runs", { settings: { "data.source": join(around, "nothing") } })).toMatchObject({
      status: 409,
      error: { message: `data at ${join(around, "nothing")}: no such file or folder.` },
    });
  });
});

describe("what a run is worth", () => {
  it("is not known at first, and not measured without weights", async () => {
    expect(await open().ask("/runs/stopped/evaluation")).toEqual({ status: 200, state: "none" });
    expect(await open().ask("/runs/stopped/map")).toEqual({ status: 200, state: "none" });
    expect(await open().ask("/runs/stopped/evaluation", {})).toMatchObject({
      status: 409,
      error: { message: "run stopped: expected a run with weights, but its first checkpoint has not been written.", hint: "Wait for it." },
    });
  });

  it("is read where it was kept, and out of date when the weights are others", async () => {
    const kept = (of: string) => JSON.stringify({ format: 1, of, evaluation: { classes: ["a"], calibration: [] } });
    writeFileSync(join(folder, "stopped", evaluationFile), kept(""));
    expect(await open().ask("/runs/stopped/evaluation")).toMatchObject({ state: "measured", outdated: false, value: { classes: ["a"] } });
    writeFileSync(join(folder, "stopped", "best.safetensors"), "other weights");
    expect(await open().ask("/runs/stopped/evaluation")).toMatchObject({ state: "measured", outdated: true });
  });
});
