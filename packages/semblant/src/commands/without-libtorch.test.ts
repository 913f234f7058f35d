import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "semblant-bare-"));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (path: string) => join(folder, path);

beforeAll(async () => {
  for (const [c, name] of ["neutral", "happy", "surprise", "sad", "angry", "disgust", "fear", "contempt"].entries()) {
    mkdirSync(at(`faces/${name}`), { recursive: true });
    for (let i = 0; i < 4; i++) {
      const pixels = Uint8Array.from({ length: 48 * 48 }, (_, k) => (k * (i + 3 * c + 1)) % 256);
      await sharp(pixels, { raw: { width: 48, height: 48, channels: 1 } }).toFile(at(`faces/${name}/${i}.png`));
    }
  }
});

/** The command in a process that finds no libtorch. */
function semblant(...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  const cli = resolve(import.meta.dirname, "../cli.ts");
  const env = { ...process.env, SEMBLANT_TORCH_ADDON: at("not-built.node") };
  return new Promise((done) => {
    execFile(process.execPath, ["--conditions=semblant-source", cli, ...args], { env }, (error, stdout, stderr) => {
      done({ status: typeof error?.code === "number" ? error.code : 0, stdout, stderr });
    });
  });
}

describe("without libtorch", () => {
  it("nothing can be trained, which says what is missing", async () => {
    const { status, stderr } = await semblant("train", "--data", at("faces"), "--out", at("run"));
    expect([status, stderr]).toEqual([1, expect.stringContaining("EngineError: @semblant/torch: libtorch will not load")]);
    expect(stderr).toContain(`tried ${at("not-built.node")}: not built`);
  });

  it.each([
    ["data inspect", ["data", "inspect", at("faces")], "No faults."],
    ["evaluate", ["evaluate", "small", "--data", at("faces"), "--bootstrap", "0", "-k", "3", "data.split=test"], "by its Gaussians"],
    ["embed", ["embed", "small", at("faces"), "--out", at("x.npy"), "--split", "all"], "32 faces as points of 64 numbers"],
    [
      "map",
      ["map", "small", at("faces"), "data.split=test", "--perplexity", "2", "--out", at("map.svg")],
      "32 faces of folder faces/ by t-SNE",
    ],
    ["cluster", ["cluster", "small", at("faces"), "-k", "2"], "32 faces in 2 groups"],
    ["audit", ["audit", "small", at("faces")], "of 32 faces"],
    ["soft-labels", ["soft-labels", "small", "--data", at("faces"), "--csv", at("soft.csv")], at("soft.csv")],
  ])("%s answers with an exported model", async (_, args, said) => {
    const { status, stdout, stderr } = await semblant(...args);
    expect([status, stdout + stderr]).toEqual([0, expect.stringContaining(said)]);
  });
});
