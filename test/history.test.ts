/** bench/history.ts: what is slower than at an earlier commit is seen, and noise is not taken for it. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { changesOf, type Figure, type Kept, keptOf, withResults } from "../bench/history.ts";

const kept = (commit: string, figures: Record<string, Figure>, machine = "here"): Kept => ({ commit, machine, figures });

describe("the history of speed", () => {
  it("calls slower only what was faster in every round", () => {
    const history = [kept("a", { step: [2, 1.8, 2.2] }), kept("b", { step: [2.5, 2.4, 2.6] })];
    const verdict = (now: Figure) => changesOf(history, [kept("c", { step: now })]).map((change) => [change.since, change.verdict]);
    expect(verdict([2.2, 2.1, 2.3])).toEqual([["b", "slower"]]);
    expect(verdict([2.2, 2.1, 2.4])).toEqual([["b", "as before"]]);
    expect(verdict([2.8, 2.7, 2.9])).toEqual([["b", "faster"]]);
  });

  it("compares on one machine only, and not a commit with itself", () => {
    const history = [kept("a", { step: [2, 2, 2] }), kept("b", { step: [3, 3, 3] }, "elsewhere")];
    expect(changesOf(history, [kept("a", { step: [1, 1, 1] })])).toEqual([]);
    expect(changesOf(history, [kept("c", { step: [1, 1, 1], other: [1, 1, 1] })]).map(({ name, since }) => [name, since])).toEqual([
      ["step", "a"],
    ]);
  });

  it("keeps a commit's figures once, the last that were measured", () => {
    const history = [kept("a", { step: [2, 2, 2], other: [1, 1, 1] })];
    expect(withResults(history, [kept("a", { step: [3, 3, 3] }), kept("b", { step: [4, 4, 4] })])).toEqual([
      kept("a", { step: [3, 3, 3], other: [1, 1, 1] }),
      kept("b", { step: [4, 4, 4] }),
    ]);
  });

  it("takes the ratio to the fastest peer from results that have a spread", () => {
    const folder = mkdtempSync(join(tmpdir(), "semblant-history-"));
    const peers = [
      { name: "slow", ratio: 3, spread: [2.9, 3.1] },
      { name: "fast", ratio: 2, spread: [1.9, 2.1] },
    ];
    writeFileSync(join(folder, "step.json"), JSON.stringify({ name: "step", ratio: 2, peers, machine: "here", commit: "a" }));
    writeFileSync(join(folder, "memory.json"), JSON.stringify({ name: "memory", ratio: 1, machine: "here", commit: "a" }));
    expect(keptOf(folder)).toEqual([kept("a", { step: [2, 1.9, 2.1] })]);
  });
});
