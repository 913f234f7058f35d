import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasGloo, setThreads } from "@semblant/torch";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { doInRanks, type RankResult, type RanksJob } from "../fixtures/ranks.ts";
import { stripes, tinySettings } from "../fixtures/stripes.ts";
import type { Step } from "../steps/step.ts";
import { createSubdivision, openSubdivision, splitPath } from "./folder.ts";
import type { SubdivisionSettings } from "./settings.ts";
import { readSplit } from "./split-file.ts";
import { type SubdivisionStep, subdivide } from "./subdivide.ts";

const subdivision: Partial<SubdivisionSettings> = { levels: 2, perSubclass: 2, restarts: 1, smallest: 2 };
const settings = { optimizer: { name: "sgd", learningRate: 0.05 }, perClass: 3, steps: 3 } as const;
const data = stripes({ train: 30, validation: 9 });

/** What a level says, with its numbers to four digits: sums over ranks are rounded in another order. */
const told = (levels: readonly SubdivisionStep[] = []) =>
  levels.map(({ step, ...rest }) => rounded({ ...rest, ...(step && { step: known(step) }) }));
const known = ({ step, loss, ended }: Step) => ({ step, loss, ended });
const rounded = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, part) => (typeof part === "number" ? Number(part.toPrecision(4)) : part)));

describe.skipIf(!hasGloo())("a subdivision in several processes", () => {
  let folder: string;
  let stopped: RankResult[];
  let whole: RankResult[];
  let one: SubdivisionStep[];
  const at = (name: string) => join(folder, name);

  beforeAll(async () => {
    setThreads(1);
    folder = mkdtempSync(join(tmpdir(), "subdivide-ranks-"));
    const job = (run: string, more: Partial<RanksJob> = {}): RanksJob => ({ settings, images: 30, run: at(run), subdivision, ...more });
    [whole, stopped] = (await doInRanks(2, [job("whole"), job("stopped", { stop: { rank: 1, after: 1 } })])) as [
      RankResult[],
      RankResult[],
    ];
    one = [...subdivide({ folder: createSubdivision(at("one"), tinySettings(settings), subdivision), data })];
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("trains and splits as one process does, and says so on every rank", () => {
    expect(told(whole[0]?.levels)).toEqual(told(one));
    expect(told(whole[1]?.levels)).toEqual(told(one));
    expect(readSplit(splitPath(at("whole"), 2))?.labels).toEqual(readSplit(splitPath(at("one"), 2))?.labels);
    expect(existsSync("elsewhere")).toBe(false);
  });

  it("stops on every rank where one is told to, and one process goes on from there", () => {
    for (const { levels } of stopped) expect(levels?.at(-1)).toMatchObject({ level: 1, step: { step: 2, ended: { reason: "stopped" } } });
    const rest = [...subdivide({ folder: openSubdivision(at("stopped")), data })];
    expect(told(rest)).toEqual(told(one).slice(2));
  });
});
