import { describe, expect, it } from "vitest";
import type { RankEnd } from "./rank-process.ts";
import { causeOf, statusOf } from "./verdict.ts";

const end = (rank: number, more: Partial<RankEnd> = {}): RankEnd => ({
  rank,
  pid: 100 + rank,
  status: 0,
  signal: null,
  said: "",
  news: {},
  ...more,
});
const killed = { status: null, signal: "SIGKILL" } as const;
const failed = (error: string) => ({ status: 1, said: `${error}\n`, news: { error } });

describe("why ranks ended", () => {
  it("needs no word where all went well, and none beside rank 0's own", () => {
    expect(causeOf([end(1), end(0)])).toBeUndefined();
    expect(causeOf([end(0, failed("DataError: faces/: there is no such folder.")), end(1, { status: 1 })])).toBeUndefined();
  });

  it("is the signal that ended the first one, with the process's number", () => {
    expect(causeOf([end(2, killed), end(0, failed("EngineError: train: rank 2 is gone.")), end(1, { status: 1 })])).toBe(
      "EngineError: train: rank 2 (process 102) was ended by SIGKILL.\n  The system does so where memory runs out: fewer --workers need less.",
    );
    expect(causeOf([end(1, { status: null, signal: "SIGSEGV" })])).toBe("EngineError: train: rank 1 (process 101) was ended by SIGSEGV.");
  });

  it("is what the first one said, unless rank 0 said the same", () => {
    const missing = "DataError: faces/: there is no such folder.\n  Name one.";
    expect(causeOf([end(1, failed(missing)), end(0, failed("EngineError: train: rank 1 is gone."))])).toBe(`rank 1: ${missing}`);
    const passedOn = "DataError: train: rank 1 stopped before the first step.\n  faces/: there is no such folder.";
    expect(causeOf([end(1, failed(missing)), end(0, failed(passedOn))])).toBeUndefined();
    expect(causeOf([end(1, { status: 9 }), end(0)])).toBe("EngineError: train: rank 1 (process 101) ended with status 9.");
  });

  it("is nothing where ranks stopped because they were asked to", () => {
    expect(causeOf([end(1, { status: 130 }), end(0, { status: 130 })])).toBeUndefined();
  });
});

describe("the status of several ranks", () => {
  it("is rank 0's, or that of the first one that failed where rank 0 did not", () => {
    expect(statusOf([end(1), end(0)], false)).toEqual({ status: 0 });
    expect(statusOf([end(1, { status: 1 }), end(0, { status: 2 })], false)).toEqual({ status: 2 });
    expect(statusOf([end(0), end(2, { status: 3 }), end(1, { status: 1 })], false)).toEqual({ status: 3 });
    expect(statusOf([end(1, killed), end(0)], false)).toEqual({ status: 1 });
  });

  it("comes with the run to go on with where rank 0 was ended and cannot say so", () => {
    const told = { news: { run: "runs/1" } };
    expect(statusOf([end(0, { ...killed, ...told }), end(1, { status: 1 })], false)).toEqual({ status: 1, resumes: "runs/1" });
    expect(statusOf([end(0, killed), end(1, { status: 1 })], false)).toEqual({ status: 1 });
    expect(statusOf([end(0, { status: 1, ...told })], false)).toEqual({ status: 1 });
  });

  it("is 130 where a person stopped them, though they had to be killed", () => {
    expect(statusOf([end(0, killed), end(1, killed)], true)).toEqual({ status: 130 });
  });
});
