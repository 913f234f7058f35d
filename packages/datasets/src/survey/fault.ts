import { DataError } from "@semblant/core";
import { linkOut } from "../images/links.ts";

/** What can be wrong with an item of a data set. */
export type FaultKind =
  | "missing"
  | "unreadable"
  | "wrong size"
  | "unknown label"
  | "duplicate name"
  | "no votes"
  | "bad row"
  | "outside the folder"
  | "box outside"
  | "not listed"
  | "not read";

/**
 * One thing that is wrong in a source. A fault of an image costs that image; a fault of a table (`stops`) means that
 * rows and labels can no longer be trusted, so the source is inspected with it but not read.
 */
export interface Fault {
  readonly kind: FaultKind;
  /** Relative to the data's folder. */
  readonly file: string;
  /** Data row of a table, counted from 0, header left out. */
  readonly row?: number;
  /** What was expected and what was found: ends with a full stop. */
  readonly problem: string;
  readonly stops: boolean;
}

/** The fault as one line: `label.csv row 17: expected 10 votes, but got 9.` */
export function describeFault({ file, row, problem }: Fault): string {
  return row === undefined ? `${file}: ${problem}` : `${file} row ${row}: ${problem}`;
}

/**
 * The kind that a decoder's complaint belongs to.
 *
 * @example
 * imageFault("a.png", "no such file.").kind; // "missing"
 */
export function imageFault(file: string, problem: string): Fault {
  let kind: FaultKind = "unreadable";
  if (problem === "no such file.") kind = "missing";
  if (problem === linkOut) kind = "outside the folder";
  if (problem.startsWith("expected a box inside the picture")) kind = "box outside";
  else if (/^expected .* x .*, but got|^expected at (least|most) .*pixels/.test(problem)) kind = "wrong size";
  return { kind, file, problem, stops: false };
}

/**
 * Refuses a source whose tables cannot be trusted: the first such fault in full, and how many there are.
 *
 * @throws DataError if any of the faults stops
 */
export function stopOnFaults(name: string, root: string, faults: readonly Fault[]): void {
  const stopping = faults.filter((fault) => fault.stops);
  const [first] = stopping;
  if (first === undefined) return;
  const others = stopping.length > 1 ? `  It is the first of ${stopping.length} such faults.\n` : "";
  throw new DataError(`${name} at ${root}: ${describeFault(first)}\n${others}  To see every fault at once: semblant data inspect ${root}`);
}

/**
 * Why a row without an image is dropped.
 *
 * @example
 * droppedFor("missing"); // "the image is missing"
 */
export function droppedFor(kind: FaultKind): string {
  if (kind === "box outside") return "the face box lies outside the picture";
  if (kind === "outside the folder") return "the image is a link out of the folder";
  return kind === "wrong size" ? "the image has the wrong size" : `the image is ${kind}`;
}
