import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { hasGloo } from "../../../torch/src/index.ts";
import { command, type Ended, processOfRank, start, stepsOf, takenPort, tiny } from "./fixtures/ranks.ts";

const folder = mkdtempSync(join(tmpdir(), "semblant-ranks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const semblant = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  start([process.execPath, ...command, ...args], { cwd: folder, env });
const place = (rank: number, more: Readonly<Record<string, string>>) => ({
  RANK: String(rank),
  WORLD_SIZE: "2",
  MASTER_ADDR: "127.0.0.1",
  ...more,
});
const without = (words: string) => words.replace(/^(resuming|reading|step \d|epoch ).*\n/gm, "");

describe.skipIf(!hasGloo() || availableParallelism() < 2)("train --workers (needs Gloo: libgloo-dev; two cores)", () => {
  it("trains, and one process speaks for all", async () => {
    const shared = await semblant(["train", ...tiny, "steps=3", "--out", "shared", "--workers", "2"]).ended;
    expect(shared.status, shared.said).toBe(0);
    expect(shared.out).toMatch(/^All 3 steps are done\. \d+ s, saved in shared\nTo evaluate: {2}semblant evaluate shared\n$/);
    expect(shared.said.match(/^step 1\/3 /gm)).toHaveLength(1);
    expect(stepsOf(join(folder, "shared"))).toHaveLength(3);
  });

  it.runIf(process.platform === "linux")("stops all at Ctrl-C with the step saved, and goes on with another number", async () => {
    const training = semblant(["train", ...tiny, "steps=100000", "--out", "stopped", "--workers", "2"]);
    await training.heard("step 1/");
    training.child.kill("SIGINT");
    const { status, out, said } = await training.ended;
    expect({ status, said: without(said) }).toEqual({ status: 130, said: "Stopping after this step (again to stop at once) ...\n" });
    const [, step = ""] = /^Stopped after step (\d+) of 100000\. \d+ s, saved in stopped\nTo go on: /.exec(out) ?? [];
    const goesOn = semblant(["train", "--resume", "stopped"]);
    await goesOn.heard("step ");
    goesOn.child.kill("SIGINT");
    const after = await goesOn.ended;
    expect(after.status, after.said).toBe(130);
    expect(stepsOf(join(folder, "stopped")).map((one) => one.step)[Number(step)]).toBe(Number(step) + 1);
  });

  it.runIf(process.platform === "linux")("says which rank was killed, and how to go on", async () => {
    const training = semblant(["train", ...tiny, "steps=100000", "--out", "killed", "--workers", "2"]);
    await training.heard("step 1/");
    const pid = processOfRank(training.child.pid as number, 1);
    process.kill(pid, "SIGKILL");
    const { status, said } = await training.ended;
    expect(status).toBe(1);
    expect(without(said)).toMatch(
      /^EngineError: process group: expected all 2 ranks, but rank 1 is gone\.\n {2}What was written there last says why\.\n {2}With any number of workers this goes on after step \d+: semblant train --resume killed\n/,
    );
    expect(said).toContain(`EngineError: train: rank 1 (process ${pid}) was ended by SIGKILL.\n`);
  });

  it.runIf(process.platform === "linux")("ends all at once where one is killed while they read", async () => {
    const training = semblant(["train", ...tiny, "data.count=20000", "--out", "unbegun", "--workers", "2"]);
    await training.heard("reading the data ...");
    const pid = processOfRank(training.child.pid as number, 1);
    process.kill(pid, "SIGKILL");
    const { status, said } = await training.ended;
    expect([status, without(said)]).toEqual([
      1,
      `EngineError: train: rank 1 (process ${pid}) was ended by SIGKILL.\n  The system does so where memory runs out: fewer --workers need less.\n`,
    ]);
  });

  it.runIf(process.platform === "linux")("does not wait longer than it may for a rank that hangs", async () => {
    const training = semblant(["train", ...tiny, "steps=100000", "--out", "hangs", "--workers", "2", "--time-limit", "15"]);
    await training.heard("step 1/");
    process.kill(processOfRank(training.child.pid as number, 1), "SIGSTOP");
    const { status, said } = await training.ended;
    expect(status).toBe(1);
    expect(without(said)).toContain("process group: expected an answer of all 2 ranks within 15 s, but rank 1 gave none.\n");
    expect(said).toContain("semblant train --resume hangs");
  });

  it("says once what is wrong with the data, though all ranks find it", async () => {
    const gone = await semblant(["train", "--data", "nowhere", "--workers", "2", "--out", "none"]).ended;
    expect([gone.status, gone.said.match(/nowhere/g)]).toEqual([1, ["nowhere"]]);
  });
});

describe("train that is told of processes twice, or of too many", () => {
  it("is wrong usage", async () => {
    const both = await semblant(["train", ...tiny, "--workers", "2"], place(0, { MASTER_PORT: "29500" })).ended;
    expect([both.status, both.said]).toEqual([
      2,
      expect.stringMatching(
        /^OptionError: train: expected either a launcher or --workers, but got both: WORLD_SIZE is 2, and --workers 2\.\n/,
      ),
    ]);
    const many = await semblant(["train", ...tiny, "--workers", "1024"]).ended;
    expect([many.status, many.said]).toEqual([
      2,
      expect.stringContaining(
        `train: expected --workers to be at most ${availableParallelism()}, the cores of this machine, but got 1024.\n`,
      ),
    ]);
    const alone = await semblant(["train", ...tiny, "--workers", "2"], { RANK: "1" }).ended;
    expect([alone.status, alone.said]).toEqual([
      2,
      expect.stringContaining("environment: expected WORLD_SIZE to be a whole number from 1 to 65536, but got nothing.\n"),
    ]);
  });
});

describe.skipIf(!hasGloo())("a rank that a launcher started (needs Gloo: libgloo-dev)", () => {
  it("is refused a port in use", async () => {
    const { port, free } = await takenPort();
    const { status, said } = await semblant(["train", ...tiny], place(0, { MASTER_PORT: String(port) })).ended;
    await free();
    expect([status, said]).toEqual([
      1,
      `EngineError: joinProcessGroup: expected port ${port} to be free, but another program listens there.\n  Another training may be under way; a training of its own takes another MASTER_PORT.\n`,
    ]);
  });

  it("waits for rank 0, and for the others, no longer than it may", async () => {
    const { port, free } = await takenPort();
    await free();
    const env = { MASTER_PORT: String(port) };
    const alone = await semblant(["train", ...tiny, "--time-limit", "2"], place(1, env)).ended;
    expect([alone.status, alone.said]).toEqual([1, expect.stringContaining(`expected rank 0 at 127.0.0.1:${port} within 2 s`)]);
    const first = await semblant(["train", ...tiny, "--time-limit", "2"], place(0, env)).ended;
    expect([first.status, first.said]).toEqual([1, expect.stringContaining("expected 2 ranks within 2 s, but rank 1 did not come.")]);
  });

  it("is told where another one was told another number of ranks", async () => {
    const { port, free } = await takenPort();
    await free();
    const env = { MASTER_PORT: String(port) };
    const ranks = [semblant(["train", ...tiny], place(0, env)), semblant(["train", ...tiny], place(1, { ...env, WORLD_SIZE: "3" }))];
    const ends: Ended[] = await Promise.all(ranks.map(({ ended }) => ended));
    expect(ends.map(({ status }) => status)).toEqual([1, 1]);
    for (const { said } of ends) expect(said).toContain("Start all with the same WORLD_SIZE.");
  });

  const torchrun = spawnSync("torchrun", ["--help"]).status === 0;
  it.runIf(torchrun)("is one of torchrun's", async () => {
    // Debian's torchrun 1.13 on Python 3.11 starts nothing unless outputs are handed on by it.
    const launcher = ["torchrun", "--redirects=1", "--tee=1", "--no_python", "--nproc_per_node=2", "--master_port"];
    const { port, free } = await takenPort();
    await free();
    const train = ["train", ...tiny, "steps=2", "--out", "by-torchrun"];
    const { status, out, said } = await start([...launcher, String(port), process.execPath, ...command, ...train], { cwd: folder }).ended;
    expect(status, said).toBe(0);
    expect(out.match(/All 2 steps are done\./g)).toHaveLength(1);
  });
});
