import type { AppEvent } from "@semblant/api";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Revisions } from "./revisions.ts";

describe("revisions of a library", () => {
  let stamp = "a";
  let revisions: Revisions;
  let told: AppEvent[] = [];
  let first = 0;
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["performance", "setInterval", "clearInterval"] });
    [stamp, told] = ["a", []];
    revisions = new Revisions(() => stamp);
    revisions.watch((event) => told.push(event));
    first = revisions.now().revision;
  });
  afterEach(() => {
    revisions.close();
    vi.useRealTimers();
  });
  const risen = () => revisions.now().revision - first;

  it("rise with each write of others, seen when somebody asks or a second later", () => {
    stamp = "b";
    expect(risen()).toBe(1);
    stamp = "c";
    vi.advanceTimersByTime(1000);
    expect(told).toEqual([1, 2].map((n) => ({ type: "revision", revision: first + n })));
  });

  it("rise seldom where reading takes long and others write all the time; of what was kept until then is the stamp, too", () => {
    stamp = "b";
    expect(risen()).toBe(1);
    revisions.took(2000);
    for (let second = 0; second < 19; second++) {
      stamp += "+";
      vi.advanceTimersByTime(1000);
    }
    expect(revisions.now()).toEqual({ revision: first + 1, stamp: "b" });
    vi.advanceTimersByTime(1000);
    expect(revisions.now()).toEqual({ revision: first + 2, stamp });
  });

  it("rise at once with what was written here", () => {
    revisions.took(60_000);
    stamp = "b";
    expect(risen()).toBe(1);
    stamp = "c";
    expect(risen()).toBe(1);
    revisions.written();
    expect(risen()).toBe(2);
  });

  it("stay where the library cannot be read, and whoever asks is told", () => {
    revisions.close();
    const broken = new Revisions(() => {
      if (stamp === "gone") throw new Error("away");
      return stamp;
    });
    stamp = "gone";
    expect(() => broken.look()).not.toThrow();
    expect(() => broken.now()).toThrow("away");
  });
});
