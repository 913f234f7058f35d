import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const cli = join(import.meta.dirname, "cli.ts");
const folder = mkdtempSync(join(tmpdir(), "semblant-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));

const command = (args: readonly string[]) => ["--conditions=semblant-source", "--no-warnings", cli, ...args];
const options = { cwd: folder, encoding: "utf8" as const, env: { ...process.env, OMP_NUM_THREADS: "1" } };

/** The command in a process of its own, as a person runs it. */
const semblant = (...args: string[]) => spawnSync(process.execPath, command(args), options);

/** A training of a few seconds: 240 faces, a narrow network. */
const tiny = ["data.count=240", "--width", "8", "--stem", "7x7", "--per-class", "4", "validation.gallery=100", "checkpoint.seconds=0"];

describe("help", () => {
  it("answers at once, without loading libtorch, training, photos, charts or image codecs", () => {
    const trace = join(folder, "trace.mjs");
    writeFileSync(
      trace,
      `import { registerHooks } from "node:module";
       import { appendFileSync } from "node:fs";
       registerHooks({ load(url, context, next) { appendFileSync("loaded.txt", url + "\\n"); return next(url, context); } });`,
    );
    const began = performance.now();
    const { stdout, status } = spawnSync(process.execPath, ["--import", trace, ...command(["train", "--help"])], options);
    expect({ status, first: stdout.split("\n")[0] }).toEqual({ status: 0, first: "Usage: semblant train [options] [name=value ...]" });
    expect(performance.now() - began).toBeLessThan(3000);
    const loaded = readFileSync(join(folder, "loaded.txt"), "utf8");
    expect(loaded).toContain("commander");
    expect(loaded).not.toMatch(/packages\/(torch|training|datasets|lab|photos|faces)|node_modules\/(vega|sharp|yaml|hyparquet)|\.node\b/);
  });
});

describe("a help page", () => {
  /** The files that a command loads, as a person runs it. */
  function filesLoadedBy(...args: string[]): readonly string[] {
    const list = join(folder, `loaded-by-${args.join("-")}.txt`);
    const trace = join(folder, "list-files.mjs");
    writeFileSync(
      trace,
      `import { registerHooks } from "node:module";
       import { appendFileSync } from "node:fs";
       const keep = (url) => appendFileSync(process.env.LOADED_LIST, url + "\\n");
       registerHooks({ load(url, context, next) { if (url.startsWith("file:")) keep(url); return next(url, context); } });`,
    );
    const traced = { ...options, env: { ...options.env, LOADED_LIST: list } };
    expect(spawnSync(process.execPath, ["--import", trace, ...command(args)], traced).status).toBe(0);
    return readFileSync(list, "utf8").trim().split("\n");
  }

  it("loads what it prints, and not what the commands work with", () => {
    // The pages, their flags and the parser. A command's work would bring hundreds of files.
    const work = /packages\/(?!core|semblant)|semblant\/src\/(commands|server|lab|tables)\//;
    for (const [args, most] of [
      [["--help"], 100],
      [["search", "--help"], 45],
      [["library", "--help"], 100],
    ] as const) {
      const loaded = filesLoadedBy(...args);
      expect(loaded.filter((file) => work.test(file))).toEqual([]);
      expect([args, loaded.length > 10 && loaded.length <= most]).toEqual([args, true]);
    }
  });
});

describe("a run from the command line", () => {
  it("says what is saved, and what to do, where the loss ceases to be a number", () => {
    const again = "Train again with a lower rate (--learning-rate, 1000000000 here) into another folder (--out).";
    const trained = semblant("train", ...tiny, "--learning-rate", "1e9", "checkpoint.seconds=60", "--out", "lost");
    expect(trained.stdout).toMatch(
      /^The (loss is NaN at|embeddings are no longer numbers after) step \d+; .* may help\. \d+ s\nNothing could be saved\.\n/,
    );
    expect(trained.stdout.split("\n").slice(2)).toEqual([again, ""]);
    expect(trained.status).toBe(1);
    for (const asked of [
      ["train", "--resume", "lost"],
      ["evaluate", "lost"],
    ]) {
      const { stderr, status } = semblant(...asked);
      expect({ asked, said: stderr.replaceAll("\n", " "), status }).toEqual({
        asked,
        said: expect.stringMatching(/lost at step \d+.* [Nn]othing could be saved\. Train again with a lower rate/),
        status: 1,
      });
    }
  });

  it("is trained, measured, drawn, embedded and mapped", () => {
    const trained = semblant("train", ...tiny, "steps=3", "--out", "run");
    expect(trained.stderr).toContain("step 1/3");
    expect(trained.stdout).toMatch(/^All 3 steps are done\. \d+ s, saved in run\nTo evaluate: {2}semblant evaluate run\n$/);
    expect(trained.status).toBe(0);

    const evaluated = semblant("evaluate", "run", "--report", "report.html", "--bootstrap", "20");
    expect(evaluated.stdout).toContain(
      "run: ResNet18 (8 channels) with structured Gaussian manifold loss (sigma 2, leave-one-out means) on generated faces",
    );
    expect(evaluated.stdout).toMatch(/all 48 +\d+\.\d{3} +\d+\.\d{3} +\d+\.\d{3} +\d+\.\d{3} +\d+\.\d{3}/);
    expect(evaluated.stdout).toMatch(/Recall@K( +\d+\.\d){6}/);
    expect(evaluated.status).toBe(0);
    const page = readFileSync(join(folder, "report.html"), "utf8");
    expect(page).toContain("Content-Security-Policy");
    expect(page.match(/<svg/g)).toHaveLength(3);
    expect(page.match(/src="(?!data:image\/png;base64,)|href="http|<script|url\(|style="/g)).toBeNull();

    const json = semblant("evaluate", "run", "--compare", "run", "--bootstrap", "20", "--json");
    const summary = JSON.parse(json.stdout) as {
      dataset: object;
      metrics: { accuracy: { value: number } };
      comparison: { mcnemar: { accuracy: { p: number } } };
    };
    expect(summary.dataset).toMatchObject({ name: "generated faces", split: "test", n: 48 });
    expect(summary.comparison.mcnemar.accuracy.p).toBe(1);

    const embedded = semblant("embed", "run/best.safetensors", "--out", "x.npy", "--split", "all");
    expect(embedded.stdout).toBe("240 faces as points of 64 numbers: x.npy, x.metadata.tsv\n");
    expect(readFileSync(join(folder, "x.metadata.tsv"), "utf8").split("\n")).toHaveLength(242);

    const mapped = semblant("map", "run", "--thumbnails", "--out", "map.png", "--sample", "40", "--perplexity", "5");
    expect(mapped.stdout).toMatch(
      /^40 faces of the split test of generated faces by t-SNE \(perplexity 5\): KL divergence \d\.\d{3} nats, trustworthiness 0\.\d{3}\nmap: map\.png \(holds copies of faces\)\n$/,
    );
    expect(readFileSync(join(folder, "map.png")).subarray(1, 4).toString()).toBe("PNG");
    expect(semblant("map", "run", "--out", "map.gif").stderr).toBe(
      'OptionError: map: expected --out to end in .svg or .png, but got "map.gif".\n',
    );
    expect(JSON.parse(semblant("map", "run", "--sample", "20", "--json").stdout)).toMatchObject({ dataset: { n: 20 }, file: "map.svg" });
  });

  it("stops at Ctrl-C with the step saved and says how to go on, which --resume does", async () => {
    const child = spawn(process.execPath, command(["train", ...tiny, "steps=400", "--out", "long"]), options);
    let said = "";
    child.stdout.on("data", (text) => {
      said += text;
    });
    await new Promise<void>((seen) => {
      child.stderr.on("data", (text) => String(text).includes("step ") && seen());
    });
    child.kill("SIGINT");
    const status = await new Promise((ended) => child.on("close", ended));
    expect(said).toMatch(/^Stopped after step \d+ of 400\..*saved in long\nTo go on: {5}semblant train --resume long\n/);
    expect(status).toBe(130);

    const step = Number(/step (\d+)/.exec(said)?.[1]);
    const again = spawn(process.execPath, command(["train", "--resume", "long"]), options);
    const first = await new Promise<string>((seen) => {
      again.stderr.on("data", (text) => /step (\d+)\//.test(String(text)) && seen(String(text)));
    });
    expect(Number(/step (\d+)\//.exec(first)?.[1])).toBe(step + 1);
    again.kill("SIGTERM");
    await new Promise((ended) => again.on("close", ended));
  });

  it("keeps settings of file, flags and overrides resolved, the later before the earlier", () => {
    writeFileSync(join(folder, "sgm.yaml"), "epochs: 1\nloss: { sigma: 3 }\nseed: 5\n");
    const { status, stderr } = semblant(
      "train",
      "--config",
      "sgm.yaml",
      ...tiny,
      "--sigma",
      "1.5",
      "loss.sigma=2.5",
      "steps=1",
      "--out",
      "set",
    );
    expect({ status, stderr: status === 0 ? "" : stderr }).toEqual({ status: 0, stderr: "" });
    const { settings } = JSON.parse(readFileSync(join(folder, "set", "settings.json"), "utf8"));
    expect([settings.loss.sigma, settings.seed, settings.network.baseChannels, settings.optimizer.name]).toEqual([2.5, 5, 8, "adamw"]);
  });
});

describe("what is refused", () => {
  it("leaves nothing behind: an unknown setting, a run that is there, settings beside --resume", () => {
    const unknown = semblant("train", "loss.sigmma=2", "--out", "never");
    expect(unknown.stderr).toContain('OptionError: settings: unknown option "loss.sigmma"; did you mean "loss.sigma"?');
    expect([unknown.status, existsSync(join(folder, "never"))]).toEqual([2, false]);
    expect(semblant("train", "--resume", "run", "--epochs", "3").stderr).toContain(
      "train: --resume goes on with the run's own settings and takes no others.",
    );
    expect(semblant("embed", "run", "--out", "x.csv").stderr).toContain(
      'embed: expected --out to end in .npy, .parquet or .tsv, but got "x.csv".',
    );
    expect(semblant("evaluate", "nowhere").status).toBe(1);
  });
});
