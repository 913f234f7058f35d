import { expressionNamed } from "@semblant/core/internals";
import { splitNamed } from "../dataset/split-names.ts";
import { readable, unreadable } from "../survey/folders.ts";
import type { CsvLine } from "../text/csv.ts";

/** Which column of a table holds what; −1 where none does. */
export interface Columns {
  readonly path: number;
  readonly label: number;
  readonly split: number;
  readonly subject: number;
  readonly sequence: number;
}

/** A table of labelled pictures: its columns, and its rows without the line of names. */
export interface LabelledRows {
  /** Undefined where the first line is a row already. */
  readonly names: readonly string[] | undefined;
  readonly columns: Columns;
  readonly rows: readonly CsvLine[];
}

/** Names of columns, letters and digits alone, in the order in which they are taken. */
const known = {
  path: "path filepath filename file imagepath imagefile imagefilename imagename imageid image imgpath imgname img picture photo pth fname",
  label:
    "label labels emotion emotionid emotions expression expressions emotionlabel expressionlabel labelname " +
    "facialexpression facialemotion class classname classlabel classid labelid category target",
  split: "split set subset partition usage phase",
  subject:
    "subject subjectid subjectname person personid personname people identity identityid actor actorid " +
    "participant participantid performer model poser",
  sequence: "sequence sequenceid seq session sessionid video videoid clip clipid recording recordingid take",
} as const;
/** What a person sees of them, in messages. */
export const columnsExpected =
  "a column of pictures (path, filename, file, image ...) and one of labels (label, emotion, expression, class ...)";
/** Rows that are looked at for what a column holds. */
const sample = 200;

/**
 * Where a table has its pictures and their labels: by the names of its columns, or, where those say nothing, by what is in them. A first
 * line that names a picture is no line of names. Undefined where it cannot be known.
 *
 * @example
 * const [head, row] = [["filename", "emotion"], ["a.png", "happy"]];
 * labelledRows([head, row].map((fields, i) => ({ line: i + 1, fields })))?.columns.label; // 1
 */
export function labelledRows(lines: readonly CsvLine[]): LabelledRows | undefined {
  const [first, ...others] = lines;
  if (first === undefined) return undefined;
  const names = first.fields.some(isPicture) ? undefined : first.fields;
  const rows = names === undefined ? lines : others;
  const looked = rows.slice(0, sample);
  const column = (name: keyof typeof known, fits: (column: number) => boolean = () => true): number => named(names, known[name], fits);
  const holding = (test: (field: string) => boolean, least: number) =>
    first.fields.flatMap((_, c) => {
      const found = looked.filter(({ fields }) => test((fields[c] ?? "").trim())).length;
      return found > 0 && found >= least * looked.length ? [c] : [];
    });
  const pictures = holding(isPicture, 0.5);
  const isPath = (c: number) => pictures.length === 0 || pictures.includes(c) || plain(names?.[c] ?? "") === "path";
  const path = orFirst(column("path", isPath), pictures);
  if (path < 0) return undefined;
  const free = (c: number) => c !== path;
  const [subject, sequence] = [column("subject", free), column("sequence", free)];
  const splits = holding((field) => splitNamed(field) !== undefined, names === undefined ? 1 : 0.5).filter(free);
  const split =
    names === undefined ? (splits[0] ?? -1) : column("split", (c) => free(c) && (splits.includes(c) || plain(names[c] ?? "") === "split"));
  const rest = first.fields.flatMap((_, c) => ([path, split, subject, sequence].includes(c) ? [] : [c]));
  const words = holding((field) => expressionNamed(field) !== undefined, 1).filter((c) => rest.includes(c));
  const guessed = names === undefined && rest.length === 1 ? (rest[0] as number) : words.length === 1 ? (words[0] as number) : -1;
  const label = orFirst(
    column("label", (c) => rest.includes(c)),
    guessed < 0 ? [] : [guessed],
  );
  return label < 0 ? undefined : { names, columns: { path, label, split, subject, sequence }, rows };
}

/** Whether the columns are called `path` and `label`: what we write ourselves. */
export function namesPathAndLabel({ names }: LabelledRows): boolean {
  const words = names?.map((name) => name.trim().toLowerCase());
  return words?.includes("path") === true && words.includes("label");
}

function named(names: readonly string[] | undefined, words: string, fits: (column: number) => boolean): number {
  const have = names?.map(plain) ?? [];
  for (const word of words.split(" ")) {
    const column = have.findIndex((name, c) => name === word && fits(c));
    if (column >= 0) return column;
  }
  return -1;
}

const orFirst = (column: number, others: readonly number[]): number => (column >= 0 ? column : (others[0] ?? -1));
const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
const isPicture = (field: string): boolean => readable.test(field.trim()) || unreadable.test(field.trim());
