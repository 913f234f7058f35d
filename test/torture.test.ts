import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Random } from "@semblant/core";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { damaged, damagedJson, damagedText } from "../torture/damage.ts";
import { differenceOf } from "../torture/library-rows.ts";
import { faultOf as faultOfGrowth, growthOf } from "../torture/memory/growth.ts";
import { readTrace } from "../torture/network/trace.ts";
import { parseOptions } from "../torture/options.ts";
import type { Check } from "../torture/outcome.ts";
import { stockIn } from "../torture/stock.ts";
import { loadChecks, torture } from "../torture/torture.ts";
import { type Ended, faultOf } from "../torture/verdict.ts";
import { Watched } from "../torture/watched.ts";

const folder = mkdtempSync(join(tmpdir(), "semblant-torture-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ended = (given: Partial<Ended>): Ended => ({ status: 0, signal: null, stdout: "", stderr: "", seconds: 1, ...given });

describe("how a command ended", () => {
  it("is right where it answers, or refuses in a sentence of ours", () => {
    expect(faultOf(ended({ stdout: "12 photos" }))).toBeUndefined();
    expect(faultOf(ended({ status: 1, stderr: "DataError: photo: the file is empty." }))).toBeUndefined();
    expect(faultOf(ended({ status: 2, stderr: "OptionError: train: unknown option" }))).toBeUndefined();
  });

  it("is wrong by a signal, a stack, another program's words, a control code, NaN, a strange status, too much time", () => {
    const stack = "TypeError: x is null\n    at readRow (file:///rows.js:3:14)\n";
    expect(faultOf(ended({ status: null, signal: "SIGABRT", stderr: "double free" }))).toBe("ended by SIGABRT: double free");
    expect(faultOf(ended({ status: 1, stderr: stack }))).toBe("a stack: TypeError: x is null");
    expect(faultOf(ended({ status: 1, stderr: "DataError: SQLITE_CORRUPT" }))).toMatch(/^words of a program's insides/);
    expect(faultOf(ended({ stdout: "a\u001b[31m.jpg" }))).toMatch(/^a control code reaches the terminal \(27\)/);
    expect(faultOf(ended({ stdout: "accuracy NaN %" }))).toBe("NaN in an answer: accuracy NaN %");
    expect(faultOf(ended({ status: 134, stderr: "terminate called" }))).toBe("ended with status 134: terminate called");
    expect(faultOf(ended({ status: 1 }))).toBe("status 1 without a sentence: ");
    expect(faultOf(ended({ status: null, signal: "SIGKILL", late: true, seconds: 60 }))).toBe("did not end within 60 s");
  });
});

describe("damage", () => {
  it("is the same for the same seed, and seldom nothing", () => {
    const bytes = Uint8Array.from({ length: 500 }, (_, i) => i % 251);
    const made = Array.from({ length: 200 }, (_, seed) => damaged(bytes, new Random(seed)));
    expect(made.map((_, seed) => damaged(bytes, new Random(seed)))).toEqual(made);
    expect(made.filter((one) => Buffer.from(one).equals(bytes)).length).toBeLessThan(20);
    expect(bytes[7]).toBe(7);
  });

  it("leaves a text and a JSON value that it was given as they were", () => {
    const value = { a: [1, 2], b: { c: "x" } };
    for (let seed = 0; seed < 100; seed++) damagedJson(value, new Random(seed));
    expect(value).toEqual({ a: [1, 2], b: { c: "x" } });
    expect(damagedText("a,b\n1,2\n", new Random(3))).toEqual(damagedText("a,b\n1,2\n", new Random(3)));
  });
});

describe("rows of a library", () => {
  it("are told from others that are lost, doubled or new", () => {
    expect(differenceOf(["a", "b"], ["a", "b"])).toBeUndefined();
    expect(differenceOf(["a"], ["a", "b"])).toBe("1 lost: b");
    expect(differenceOf(["a", "a", "b"], ["a", "b"])).toBe("1 doubled: a");
    expect(differenceOf(["a", "b", "c"], ["a", "b"])).toBe("1 that were not there before: c");
  });
});

describe("a trace of system calls", () => {
  it("says what was asked of the network and what was written", () => {
    const log = join(folder, "trace.txt");
    const lines = [
      '7 openat(AT_FDCWD, "/etc/passwd", O_RDONLY|O_CLOEXEC) = 3',
      '7 openat(AT_FDCWD, "out.csv", O_WRONLY|O_CREAT|O_TRUNC, 0666) = 4',
      '7 openat(AT_FDCWD, "/gone/x", O_WRONLY|O_CREAT, 0666) = -1 ENOENT (No such file or directory)',
      '7 mkdir("/h/.cache/Maker", 0755) = 0',
      "7 socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 5",
      '7 connect(5, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("10.1.2.3")}, 16) = 0',
      '7 rename("/w/.out.tmp", "/w/out.json") = 0',
      '7 linkat(AT_FDCWD, "/w/.whole.tmp", AT_FDCWD, "/w/whole.csv", 0) = 0',
      "7 socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, NETLINK_ROUTE) = 6",
      '7 openat(AT_FDCWD, "/etc/resolv.conf", O_RDONLY|O_CLOEXEC) = -1 ENOENT (No such file or directory)',
    ];
    writeFileSync(log, lines.join("\n"));
    const { reached, written } = readTrace(log, "/w");
    expect(reached).toEqual([5, 8, 9].map((i) => lines[i]?.slice(2)));
    expect(written).toEqual(["/w/out.csv", "/h/.cache/Maker", "/w/out.json", "/w/whole.csv"]);
  });
});

describe("what a process holds", () => {
  const held = (rounds: number, grown: (round: number) => number) =>
    Array.from({ length: rounds }, (_, i) => ({ heap: 16, resident: 100 + grown(i) }));

  it("is told from growth: by medians, after a hundred rounds, or a third of few", () => {
    const steps = growthOf(held(1000, (i) => (i < 100 ? i : 100 + (i === 999 ? 50 : 0))));
    expect(steps).toEqual({ rounds: 1000, warmUp: 100, first: { heap: 16, resident: 200 }, last: { heap: 16, resident: 200 } });
    expect(faultOfGrowth(steps, 0.05)).toBeUndefined();
    expect(growthOf(held(30, (i) => i))).toMatchObject({ warmUp: 10, first: { resident: 111 }, last: { resident: 128 } });
    expect(faultOfGrowth(growthOf(held(1000, (i) => 0.01 * i)), 0.05)).toBe(
      "grew by more than 5 %: resident from 101.5 to 109.5 MiB between round 100 and round 1000",
    );
    expect(faultOfGrowth(growthOf(held(1000, (i) => 0.001 * i)), 0.05)).toBeUndefined();
  });
});

describe("a process that reads", () => {
  const stock = stockIn(folder);
  const watched = new Watched(resolve(import.meta.dirname, "../torture/fixtures/faulty-reader.ts"), { stock, folder, patience: 5 });
  afterEach(() => watched.close());

  it("is watched: one that hangs, aborts, swells or throws is told from one that reads or refuses", async () => {
    expect(await watched.read("well")).toMatchObject({});
    expect(await watched.read("refused")).toMatchObject({ found: true });
    expect((await watched.read("swells")).fault).toMatch(/^took \d+ MiB more/);
    expect((await watched.read("throws")).fault).toMatch(/^the check itself ended: TypeError: it is undefined/);
    expect((await watched.read("aborts")).fault).toMatch(/^the process ended by SIGABRT/);
    expect((await watched.read("hangs")).fault).toBe("did not end within 5 s");
    expect((await watched.read("well")).fault).toBeUndefined();
  });
});

describe("npm run torture", () => {
  it("keeps what failed so that it can be tried again, counts a check that ends itself, and says the same twice", async () => {
    const faulty: Check = {
      name: "faulty",
      description: "fails at every second case",
      async *check({ random, corpus, again }) {
        if (again) yield { done: 1, failed: { what: `again ${JSON.stringify(corpus)}`, input: corpus?.[0] } };
        for (let i = 0; !again && i < 4; i++)
          yield { done: 1, ...(i % 2 === 1 && { failed: { what: `photo ${i} is lost`, input: { seed: random.integer(1000) } } }) };
      },
    };
    const ending: Check = {
      name: "ending",
      description: "ends itself",
      async *check() {
        yield { done: 1 };
        throw new Error("no such thing");
      },
    };
    const found = join(folder, "found");
    const once = (again?: string) => torture([faulty, ending], { minutes: 0, seed: 3, again, found, tell: () => {} });
    const { checks } = await once();
    expect(checks.map(({ name, cases, failed }) => ({ name, cases, failed }))).toEqual([
      { name: "faulty", cases: 4, failed: 2 },
      { name: "ending", cases: 1, failed: 1 },
    ]);
    expect(checks[0]?.failures).toMatchObject([{ what: "photo 1 is lost", times: 2 }]);
    const saved = readdirSync(found).find((name) => name.startsWith("faulty")) as string;
    const content = JSON.parse(readFileSync(join(found, saved), "utf8")) as { input: unknown };
    expect((await once(join(found, saved))).checks[0]?.failures[0]?.what).toBe(`again ${JSON.stringify([content.input])}`);
    expect((await once()).checks[0]?.failures).toEqual(checks[0]?.failures);
  });

  it("says what a check does before it does it, and every now and then how far it is", async () => {
    vi.useFakeTimers();
    const slow: Check = {
      name: "slow",
      description: "takes its time",
      async *check() {
        vi.advanceTimersByTime(15_000);
        yield { done: 2 };
        vi.advanceTimersByTime(15_000);
        yield { done: 1 };
      },
    };
    const said: string[] = [];
    try {
      await torture([slow], { minutes: 0, seed: 3, again: undefined, tell: (line) => said.push(line) });
    } finally {
      vi.useRealTimers();
    }
    expect(said).toEqual([
      "slow: takes its time",
      "  making what it starts from, 15 s",
      "  2 cases so far, 0 failed, 30 s",
      "  3 cases, 0 failed, 30 s",
    ]);
  });

  it("takes minutes or hours, a seed and names", () => {
    expect(parseOptions([])).toMatchObject({ minutes: 5, seed: 0, only: [] });
    expect(parseOptions(["--hours", "2", "--seed", "9", "--only", "kill, fuzz"])).toMatchObject({
      minutes: 120,
      seed: 9,
      only: ["kill", "fuzz"],
    });
    expect(() => parseOptions(["--minutes", "long"])).toThrow('--minutes: expected a number of 0 or more, but got "long".');
    expect(() => parseOptions(["--seed", "1.5"])).toThrow("--seed: expected a whole number below 2^32, but got 1.5.");
  });

  it("finds nothing in its shortest form: each kind of input once, a byte of each file, one kill, and all that failed before", async () => {
    const short = (await loadChecks()).filter(({ name }) => ["corruption", "fuzz", "kill"].includes(name));
    const { checks } = await torture(short, { minutes: 0, seed: 1, again: undefined, found: join(folder, "short"), tell: () => {} });
    expect(checks.flatMap(({ failures }) => failures.map(({ what }) => what))).toEqual([]);
    for (const { cases } of checks) expect(cases).toBeGreaterThan(0);
  });
});
