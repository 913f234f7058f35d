import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const index = fileURLToPath(new URL("index.ts", import.meta.url));

/** What another Node prints, with the addon looked for at `addon`. */
const node = (program: string, addon: string): string => {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      "--conditions=semblant-source",
      "--no-warnings",
      "--input-type=module",
      "--eval",
      `import * as torch from ${JSON.stringify(index)};\n${program}`,
    ],
    { encoding: "utf8", env: { ...process.env, SEMBLANT_TORCH_ADDON: addon } },
  );
  return (stdout + stderr).trim();
};
const advice =
  "\n  - Debian, Ubuntu:  apt-get install -y libtorch-dev libgloo-dev libopenblas0-pthread cmake g++ && npx @semblant/torch build" +
  "\n  - elsewhere:       LIBTORCH=/path/to/libtorch npx @semblant/torch build   (also a pip-installed torch's folder)";
const heading = `EngineError: @semblant/torch: libtorch will not load (${process.platform}-${process.arch}, Node ${process.versions.node}).`;

describe("loading libtorch", () => {
  it("says what was tried and what to do when the addon was not built", () => {
    expect(node("console.log(String(torch.loadable()))", "/nowhere/torch.node")).toBe(
      `${heading}\n  tried /nowhere/torch.node: not built${advice}`,
    );
  });

  it("says why when the addon is there but is none", () => {
    const folder = mkdtempSync(join(tmpdir(), "binding-"));
    const addon = join(folder, "torch.node");
    writeFileSync(addon, "not a library");
    const said = node("try { torch.zeros([1]); } catch (error) { console.log(String(error)); }", addon);
    rmSync(folder, { recursive: true });
    expect(said).toBe(`${heading}\n  tried ${addon}: ${addon}: file too short${advice}`);
  });

  it("happens at the first use: importing the package loads nothing", () => {
    expect(node("console.log(typeof torch.tensor)", "/nowhere/torch.node")).toBe("function");
  });
});
