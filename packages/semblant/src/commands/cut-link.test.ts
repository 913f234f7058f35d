import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { hasGloo } from "../../../torch/src/index.ts";
import { command, start, stepsOf, tiny } from "./fixtures/ranks.ts";
import { twoHosts } from "./fixtures/two-hosts.ts";

const folder = mkdtempSync(join(tmpdir(), "semblant-cut-"));
const hosts = hasGloo() ? twoHosts() : undefined;
afterAll(() => {
  hosts?.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** One rank on each of the two machines. */
function ranks(args: readonly string[]) {
  return [0, 1].map((rank) => {
    const env = { RANK: String(rank), WORLD_SIZE: "2", MASTER_ADDR: hosts?.address ?? "", MASTER_PORT: "29500" };
    const program = [...(hosts?.on[rank] ?? []), process.execPath, ...command, "train", ...args, "--time-limit", "15"];
    return start(program, { cwd: folder, env });
  });
}

describe.skipIf(hosts === undefined)("a network link that is cut in the middle of a training (needs Gloo, root and ip)", () => {
  it("stops both machines in time, each with a sentence, and the run goes on when it is mended", async () => {
    const [first, second] = ranks([...tiny, "steps=100000", "--out", "run"]);
    await first?.heard("step 1/");
    hosts?.cut();
    const [one, two] = await Promise.all([first?.ended, second?.ended]);
    hosts?.mend();
    expect([one?.status, two?.status]).toEqual([1, 1]);
    const silent = (rank: number) =>
      `EngineError: process group: expected an answer of all 2 ranks within 15 s, but rank ${rank} gave none.\n` +
      "  It may have ended or be stopped, or the network be cut.\n";
    expect(one?.said).toContain(silent(1));
    expect(one?.said).toMatch(/\n {2}With any number of workers this goes on after step \d+: semblant train --resume run\n$/);
    expect(two?.said).toBe(silent(0));

    const before = stepsOf(join(folder, "run")).length;
    const [again, beside] = ranks(["--resume", "run"]);
    await again?.heard("step ");
    again?.child.kill("SIGINT");
    expect((await Promise.all([again?.ended, beside?.ended])).map((end) => end?.status)).toEqual([130, 130]);
    expect(stepsOf(join(folder, "run")).length).toBeGreaterThan(before);
  });
});
