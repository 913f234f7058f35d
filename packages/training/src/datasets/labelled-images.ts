import { invalidOption } from "@semblant/core";
import type { CacheOption } from "../images/image-cache.ts";
import { readImageFiles } from "../images/image-files.ts";
import type { SplitName } from "./dataset.ts";
import { expressionNamed, expressions } from "./expressions.ts";
import type { Fault } from "./fault.ts";
import { droppedFor, imageFault } from "./fault.ts";
import type { SplitShares } from "./random-split.ts";
import { randomSplit } from "./random-split.ts";
import type { Survey, SurveyRow } from "./survey.ts";

/** How labelled image files become a data set; for image folders and labelled tables alike. */
export interface ImageOptions {
  /** Side of the square that every image is scaled to, in pixels, 8 to 1024 (48). */
  readonly size?: number;
  /** 1 for grey (the default), 3 for colour. */
  readonly channels?: 1 | 3;
  /** The classes there are, in order; else those of the training split. Any other label is a fault. */
  readonly classes?: readonly string[];
  /** What goes to validation and test where the source has no splits (0.1 and 0.1). */
  readonly shares?: SplitShares;
  /** Seed of that split (0). */
  readonly seed?: number;
  /** Folder of the packed images; `true` beside the data, `false` nowhere. */
  readonly cache?: CacheOption;
}

export const imageOptionNames = ["size", "channels", "classes", "shares", "seed", "cache"] as const;

/** An image file and the word it is labelled with. */
export interface LabeledFile {
  /** Relative to the root, with `/` between folders. */
  readonly file: string;
  readonly label: string;
  /** Undefined where the source has no splits. */
  readonly split: SplitName | undefined;
  /** Where the label stands: the table and its row, or nothing for a folder. */
  readonly row?: number;
}

/** What the files were found in. */
export interface FileSource {
  readonly where: string;
  readonly layout: string;
  readonly name: string;
  readonly root: string;
  readonly labelSource: string;
  /** File that a fault of a label is blamed on; the image itself where undefined. */
  readonly table?: string;
  readonly faults: readonly Fault[];
}

/** Decodes the files and gives each its class and split. */
export async function surveyFiles(source: FileSource, files: readonly LabeledFile[], options: ImageOptions): Promise<Survey> {
  const { size = 48, channels = 1, cache = true, shares = {}, seed = 0 } = options;
  if (!(Number.isInteger(size) && size >= 8 && size <= 1024))
    throw invalidOption(source.where, "size", "a whole number from 8 to 1024", size);
  if (channels !== 1 && channels !== 3) throw invalidOption(source.where, "channels", "1 (grey) or 3 (colour)", channels);
  if (options.classes && (options.classes.length < 2 || new Set(options.classes).size < options.classes.length)) {
    throw invalidOption(source.where, "classes", "at least two names, each once", options.classes);
  }
  const classes = options.classes ?? classesOf(files);
  const labels = files.map(({ label }) => classOf(label, classes));
  const unknown = files.flatMap((file, i) => (labels[i] === -1 ? [unknownLabel(file, classes, source.table)] : []));
  const items = files.map(({ file }, i) => ({ id: file, label: labels[i] as number }));
  const splits = files.some(({ split }) => split !== undefined)
    ? files.map(({ split }) => split ?? "train")
    : randomSplit(source.where, items, { shares, seed });

  const decoded = await readImageFiles(
    files.map(({ file }) => file),
    { root: source.root, name: (source.table ?? source.layout).replace(/[^\w.-]/g, "-"), cache, width: size, height: size, channels },
  );
  const broken = new Map(decoded.faults.map(([i, problem]) => [i, imageFault((files[i] as LabeledFile).file, problem)]));
  const rows = files.map(({ file }, i): SurveyRow => {
    const row = { split: splits[i] as SplitName, id: file, image: decoded.rows[i] as number, label: labels[i] as number };
    const fault = broken.get(i);
    if (fault) return { ...row, dropped: droppedFor(fault.kind) };
    return row.label < 0 ? { ...row, dropped: "the label is unknown" } : row;
  });
  const { layout, name, root, labelSource } = source;
  const faults = [...source.faults, ...unknown, ...broken.values()];
  return { layout, name, root, labelSource, classes, hasVotes: false, images: decoded.images, rows, faults };
}

/** The labels of training (of all files where there are no splits): in our order if all are expressions, else sorted. */
function classesOf(files: readonly LabeledFile[]): string[] {
  const words = new Set(files.filter(({ split }) => split === undefined || split === "train").map(({ label }) => label));
  const named = new Set([...words].map(expressionNamed));
  if (!named.has(undefined)) return expressions.filter((expression) => named.has(expression));
  return [...words].sort();
}

function classOf(label: string, classes: readonly string[]): number {
  const exact = classes.indexOf(label);
  const expression = expressionNamed(label);
  return exact >= 0 || expression === undefined ? exact : classes.indexOf(expression);
}

function unknownLabel({ file, label, row }: LabeledFile, classes: readonly string[], table: string | undefined): Fault {
  const problem = `expected a label of training (${classes.join(", ")}), but got ${JSON.stringify(label)}.`;
  if (table === undefined || row === undefined) return { kind: "unknown label", file, problem, stops: true };
  return { kind: "unknown label", file: table, row, problem, stops: true };
}
