import { join } from "node:path";
import { DataError } from "@semblant/core";
import { show } from "@semblant/core/internals";
import type { SplitName } from "../dataset/dataset.ts";
import { splitNamed } from "../dataset/split-names.ts";
import { voteColumns } from "../labels/label-modes.ts";
import type { Fault } from "../survey/fault.ts";
import { parseCsv } from "../text/csv.ts";
import { readForeignText } from "../text/read-text.ts";

/** One line of a FER+ table: who voted for what. */
export interface VoteRow {
  readonly split: SplitName;
  /** `fer0032220.png`; empty for the images that FER+ removed. */
  readonly name: string;
  /** Votes for the eight expressions, unknown and NF. */
  readonly counts: readonly number[];
}

/** A FER+ table, and what is wrong with it. */
export interface VoteTable {
  readonly rows: readonly VoteRow[];
  readonly faults: readonly Fault[];
}

/** FERPlus's folders. */
export const ferPlusFolders: readonly (readonly [folder: string, split: SplitName])[] = [
  ["FER2013Train", "train"],
  ["FER2013Valid", "validation"],
  ["FER2013Test", "test"],
];

const newTable = "fer2013new.csv";
const newHeader = "Usage,Image name,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF";

/**
 * fer2013new.csv: one line a row of fer2013.csv, in the same order, with that row's name and votes. A name that stands
 * twice means the later row; that is reported and stops nothing, since the original has four of them.
 *
 * @throws DataError if the header is another
 */
export function readVotes(root: string): VoteTable {
  const [header, ...lines] = parseCsv(join(root, newTable), readForeignText(join(root, newTable)));
  if (header?.fields.join(",") !== newHeader) {
    throw new DataError(
      `FER+ at ${root}: ${newTable}: expected the header\n  ${newHeader}\n  but got ${show(header?.fields.join(",").slice(0, 90) ?? "")}.`,
    );
  }
  const faults: Fault[] = [];
  const rows = lines.map(({ fields }, row): VoteRow => {
    const [usage, name = "", ...votes] = fields;
    const split = splitNamed(usage as string);
    const problem =
      split === undefined ? `expected Usage to be Training, PublicTest or PrivateTest, but got ${show(usage)}.` : problemOfVotes(votes);
    if (problem !== undefined) faults.push({ kind: "bad row", file: newTable, row, problem, stops: true });
    const counts = votes.map(Number);
    if (problem === undefined) faults.push(...zeroVotes(newTable, row, counts));
    return { split: split ?? "train", name, counts };
  });
  for (const [name, [earlier, later]] of repeated(rows)) {
    const problem = `${name} stands in row ${later} too; the later row is meant by the name.`;
    faults.push({ kind: "duplicate name", file: newTable, row: earlier, problem, stops: false });
  }
  return { rows, faults };
}

/** Row of fer2013.csv that each image name means: of a name that stands twice, the later. */
export function rowsByName(rows: readonly VoteRow[]): Map<string, number> {
  const byName = new Map<string, number>();
  rows.forEach(({ name }, row) => {
    if (name !== "") byName.set(name, row);
  });
  return byName;
}

/**
 * The label.csv of one of FERPlus's folders: name, face box, ten votes; no header.
 *
 * @param root what the folder lies in
 */
export function readLabelTable(root: string, folder: string, split: SplitName): VoteTable {
  const file = `${folder}/label.csv`;
  const faults: Fault[] = [];
  const rows = parseCsv(join(root, file), readForeignText(join(root, folder, "label.csv"))).map(({ fields }, row): VoteRow => {
    const [name = "", box = "", ...votes] = fields;
    const problem = problemOfName(name) ?? problemOfBox(box) ?? problemOfVotes(votes);
    const outside = problemOfName(name) !== undefined;
    if (problem !== undefined) faults.push({ kind: outside ? "outside the folder" : "bad row", file, row, problem, stops: true });
    const counts = votes.map(Number);
    if (problem === undefined) faults.push(...zeroVotes(file, row, counts));
    return { split, name, counts };
  });
  for (const [name, [earlier, later]] of repeated(rows)) {
    faults.push({ kind: "duplicate name", file, row: later, problem: `${name} stands in row ${earlier} already.`, stops: true });
  }
  return { rows, faults };
}

function problemOfVotes(votes: readonly string[]): string | undefined {
  if (votes.length !== voteColumns) return `expected ${voteColumns} votes, but got ${votes.length}.`;
  const wrong = votes.find((vote) => !/^\d{1,6}$/.test(vote.trim()));
  return wrong === undefined ? undefined : `expected votes to be whole numbers, but got ${show(wrong)}.`;
}

function problemOfName(name: string): string | undefined {
  const plain = name !== "" && !/[/\\\0]/.test(name) && name !== "." && name !== "..";
  return plain ? undefined : `expected the name of an image beside label.csv, but got ${show(name)}.`;
}

function problemOfBox(box: string): string | undefined {
  if (/^\(0, ?0, ?48, ?48\)$/.test(box)) return undefined;
  return `expected the face box (0, 0, 48, 48), but got ${show(box)}.`;
}

function zeroVotes(file: string, row: number, counts: readonly number[]): Fault[] {
  if (counts.some((count) => count > 0)) return [];
  return [{ kind: "no votes", file, row, problem: "expected at least one vote, but all ten are 0; the row is left out.", stops: false }];
}

/** Names that stand more than once, with the first and the last row of each. */
function repeated(rows: readonly VoteRow[]): Map<string, [number, number]> {
  const first = new Map<string, number>();
  const twice = new Map<string, [number, number]>();
  rows.forEach(({ name }, row) => {
    const earlier = first.get(name);
    if (name === "") return;
    if (earlier === undefined) first.set(name, row);
    else twice.set(name, [earlier, row]);
  });
  return twice;
}
