import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { endsOf } from "./ends-of.ts";
import type { RankEnd, RankNews, RankProcess } from "./rank-process.ts";

/** A rank that ends only when it is told to, or killed. */
function rankOf(rank: number, news: RankNews = {}): RankProcess & { end(how: Partial<RankEnd>): void } {
  let done: (end: RankEnd) => void = () => {};
  const ended = new Promise<RankEnd>((resolve) => {
    done = resolve;
  });
  const end = (how: Partial<RankEnd>) => done({ rank, pid: 100 + rank, status: null, signal: null, said: "", news, ...how });
  return { rank, ended, news: () => news, kill: (signal) => end({ signal }), end };
}

/** The ranks that have ended `seconds` after rank 1 did. */
async function endedAfter(seconds: number, how: Partial<RankEnd>, { run, stopped = false }: { run?: string; stopped?: boolean } = {}) {
  const ranks = [0, 1, 2].map((rank) => rankOf(rank, run === undefined ? {} : { run }));
  const gone: number[] = [];
  for (const { rank, ended } of ranks) void ended.then(() => gone.push(rank));
  const all = endsOf(ranks, () => stopped);
  ranks[1]?.end(how);
  await vi.advanceTimersByTimeAsync(1000 * seconds);
  const then = [...gone].sort();
  for (const { kill } of ranks) kill("SIGKILL");
  expect((await all)[0]?.rank).toBe(1);
  return then;
}

describe("the ranks beside one that failed", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("are ended at once where it was killed before the first step", async () => {
    expect(await endedAfter(0, { signal: "SIGKILL" })).toEqual([0, 1, 2]);
  });

  it("have some seconds to say so where it said why, or where a person stopped it", async () => {
    expect(await endedAfter(4, { status: 1 })).toEqual([1]);
    expect(await endedAfter(6, { status: 1 })).toEqual([0, 1, 2]);
    expect(await endedAfter(4, { signal: "SIGINT" }, { stopped: true })).toEqual([1]);
  });

  it("have some seconds after the first step, and rank 0 a minute", async () => {
    expect(await endedAfter(4, { signal: "SIGKILL" }, { run: "runs/1" })).toEqual([1]);
    expect(await endedAfter(6, { signal: "SIGKILL" }, { run: "runs/1" })).toEqual([1, 2]);
    expect(await endedAfter(61, { signal: "SIGKILL" }, { run: "runs/1" })).toEqual([0, 1, 2]);
  });

  it("go on where it ended well", async () => {
    expect(await endedAfter(100, { status: 0 })).toEqual([1]);
  });
});
