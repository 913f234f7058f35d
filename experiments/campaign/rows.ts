/** The rows that campaigns have made, kept as JSON: each is there as soon as its training has ended. */
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { writeWhole } from "@semblant/files/internals";
import { markdownTable } from "../markdown.ts";
import { inPaperOrder, type PaperPair, pairHead, rowHead, shownPair, shownRow } from "../paper-rows.ts";
import type { TimedRow } from "./training-process.ts";
import { type Preset, presets, type Training } from "./trainings.ts";

/** What a row is of, the loss aside. */
type Study = Pick<Training, "preset" | "network" | "epochs">;
/** Where and with what a row was made. */
export interface Made {
  readonly device: string;
  readonly machine: string;
  readonly commit: string;
}
export type KeptRow = TimedRow & Study & Made;
export type KeptPair = PaperPair & Study;
export interface Kept {
  readonly rows: readonly KeptRow[];
  readonly pairs: readonly KeptPair[];
}

/** The epochs that need not be said: those of the presets. */
const own: Readonly<Record<Preset, number>> = { best: 16, paper: 100 };

export function keptIn(file: string): Kept {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { rows: [], pairs: [] };
}

/** Whether a training's row is there. */
export function has({ rows }: Kept, training: Training): boolean {
  return rows.some((row) => isOf(row, training) && row.method === training.method);
}

const isOf = (one: Study, other: Study) => one.preset === other.preset && one.epochs === other.epochs && one.network === other.network;

/** Puts rows and pairs of one network into the file, in place of those of the same losses. */
export async function keep(
  file: string,
  study: Study,
  { rows, pairs }: { rows: readonly (TimedRow & Made)[]; pairs: readonly PaperPair[] },
): Promise<void> {
  const before = keptIn(file);
  const { preset, epochs } = study;
  const replaced = (row: KeptRow) => isOf(row, study) && rows.some(({ method }) => method === row.method);
  const made: Kept & { experiment: string } = {
    experiment: "fer-plus-tables",
    rows: [...before.rows.filter((row) => !replaced(row)), ...rows.map((row) => ({ preset, epochs, ...row }))].toSorted(inOrder),
    pairs: [
      ...before.pairs.filter((pair) => pairs.length === 0 || !isOf(pair, study)),
      ...pairs.map((pair) => ({ preset, epochs, ...pair })),
    ].toSorted(inOrder),
  };
  mkdirSync(dirname(file), { recursive: true });
  await writeWhole(file, `${JSON.stringify(made, null, 2)}\n`);
}

function inOrder(a: KeptRow | KeptPair, b: KeptRow | KeptPair): number {
  return presets.indexOf(a.preset) - presets.indexOf(b.preset) || a.epochs - b.epochs || inPaperOrder<Study & Partial<TimedRow>>(a, b);
}

const presetOf = ({ preset, epochs }: Study) => (epochs === own[preset] ? `\`${preset}\`` : `\`${preset}\`, ${epochs} epochs`);
const none = "No row has been made yet.";

/** A row a training, in the order of the paper's Table 2. */
export function rowsTable(file: string): string {
  const { rows } = keptIn(file);
  if (rows.length === 0) return none;
  const shown = rows.map((row) => [
    ...shownRow(row.ended === undefined ? presetOf(row) : `${presetOf(row)} (${row.ended})`, row),
    `${Math.ceil(row.seconds / 60)} min`,
  ]);
  return markdownTable([...rowHead, "training"], shown);
}

/** SGM against the other losses, test by test; there where a network has all three. */
export function pairsTable(file: string): string {
  const { pairs } = keptIn(file);
  if (pairs.length === 0) return none;
  return markdownTable(
    pairHead,
    pairs.map((pair) => shownPair(presetOf(pair), pair)),
  );
}

/** Both tables as a page of their own: of a rehearsal, whose numbers mean nothing. */
export function rehearsalPage(file: string, made: string): string {
  const { rows } = keptIn(file);
  return `# A rehearsal: ${rows.length} rows\n\n${made} The numbers mean nothing.\n\n${rowsTable(file)}\n\n${pairsTable(file)}\n`;
}
