import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Random } from "@semblant/core";
import { setThreads } from "@semblant/torch";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stripes, tinySettings } from "../fixtures/stripes.ts";
import { buildTraining } from "../loop/build-training.ts";
import { train } from "../loop/train.ts";
import { createRun, openRun } from "./run.ts";

const STEPS = 60;
const script = fileURLToPath(new URL("../fixtures/train-in-folder.ts", import.meta.url));
let folder: string;
beforeAll(() => {
  setThreads(1);
  folder = mkdtempSync(join(tmpdir(), "kill-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Starts the training and kills it so long after its first sign of life; true if it was still alive then. */
async function trainAndKill(dir: string, milliseconds: number): Promise<boolean> {
  const child = spawn(
    process.execPath,
    ["--conditions=semblant-source", "--disable-warning=ExperimentalWarning", script, dir, String(STEPS)],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, OMP_NUM_THREADS: "1" },
    },
  );
  const exit = once(child, "exit");
  await Promise.race([once(child.stdout, "data"), exit]);
  await new Promise((wake) => setTimeout(wake, milliseconds));
  child.kill("SIGKILL");
  const [code, signal] = await exit;
  expect(code === 0 || signal === "SIGKILL").toBe(true);
  return signal === "SIGKILL";
}

describe("a training that is killed at any moment", () => {
  it("opens again each time, has logged every step up to its checkpoint, and ends at the bytes of one that was left alone", async () => {
    const random = new Random(13);
    const dir = join(folder, "killed");
    let step = 0;
    for (let kill = 0; kill < 6; kill++) {
      const killed = await trainAndKill(dir, random.uniform(0, 120));
      const run = openRun(dir);
      const last = run.last()?.state.step ?? 0;
      expect(last).toBeGreaterThanOrEqual(step);
      const logged = run.steps().map((record) => record.step);
      expect(logged).toEqual(Array.from({ length: logged.length }, (_, i) => i + 1));
      expect(logged.length).toBeGreaterThanOrEqual(last);
      if (last > 0) expect(run.best()?.state.classes).toEqual(run.last()?.state.classes);
      step = last;
      if (!killed) break;
    }
    expect(step).toBeGreaterThan(0);

    const finish = (name: string, run = openRun(join(folder, name))) => {
      for (const _ of train({ ...buildTraining(run.settings, stripes()), run }));
      expect(run.steps().map((record) => record.step)).toEqual(Array.from({ length: STEPS }, (_, i) => i + 1));
    };
    finish("killed");
    finish("whole", createRun(join(folder, "whole"), tinySettings({ steps: STEPS, checkpoint: { seconds: 0 } })));
    const bytes = (name: string) => readFileSync(join(folder, name, "best.safetensors"));
    expect(bytes("killed").equals(bytes("whole"))).toBe(true);
    expect(readdirSync(dir).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});
