import { resolve } from "node:path";
import { expressionNamed, expressions, invalidOption, show } from "@semblant/core";
import type { FaceFinder } from "../images/face-finder.ts";
import type { CacheOption } from "../images/image-cache.ts";
import { readImageFiles } from "../images/image-files.ts";
import type { Region } from "../images/region.ts";
import { type JoinedClasses, joinClasses, placeOfClass } from "./class-names.ts";
import { type Crop, cropExpected, isCrop, type PictureKind, partOf } from "./crop.ts";
import type { SplitName } from "./dataset.ts";
import { drawSplits } from "./draw-splits.ts";
import { droppedFor, type Fault, imageFault } from "./fault.ts";
import { findPeople, forgetPeople, type People, type PeopleKnown, unitOf } from "./people.ts";
import type { SplitShares } from "./random-split.ts";
import type { Survey, SurveyRow } from "./survey.ts";

/** How labelled image files become a data set; for image folders, labelled tables and the sets with layouts of their own. */
export interface ImageOptions {
  /** Side of the square that every image is scaled to, in pixels, 8 to 1024 (48). */
  readonly size?: number;
  /** 1 for grey (the default), 3 for colour. */
  readonly channels?: 1 | 3;
  /** The part of each picture that is taken (`auto` where a finder of faces is given, else `source`). */
  readonly crop?: Crop;
  /** What becomes of a picture in which no face is found, where faces are looked for: it is taken `whole` (by default), or left `out`. */
  readonly noFace?: "whole" | "out";
  /** What finds the faces. */
  readonly finder?: FaceFinder;
  /** The classes there are, in order; else those of the training split. Any other label is a fault. */
  readonly classes?: readonly string[];
  /** What goes to validation and test where the source has no splits (0.1 and 0.1). */
  readonly shares?: SplitShares;
  /** Seed of that split (0). */
  readonly seed?: number;
  /** Folder of the packed images; `true` beside the data, `false` nowhere. */
  readonly cache?: CacheOption;
  /** Where who is in a picture is looked for (`found`). */
  readonly people?: People;
  /** Whether links that lead out of the data's folder are followed (false); else what they lead to is left out and named. */
  readonly followLinks?: boolean;
}

export const imageOptionNames = [
  "size",
  "channels",
  "crop",
  "noFace",
  "finder",
  "classes",
  "shares",
  "seed",
  "cache",
  "followLinks",
  "people",
] as const;

/** An image file and the word it is labelled with. */
export interface LabeledFile {
  /** Relative to the root, with `/` between folders. */
  readonly file: string;
  /** Undefined in a set without labels. */
  readonly label: string | undefined;
  /** Undefined where the source has no splits. */
  readonly split: SplitName | undefined;
  /** Where the label stands: the table and its row, or nothing for a folder. */
  readonly row?: number | undefined;
  /** The table of that row, where the source has several. */
  readonly table?: string;
  /** Who is in the picture. */
  readonly subject?: string | undefined;
  /** The recording that it is one frame or one view of: its name is of one person alone. */
  readonly sequence?: string | undefined;
  /** Where the source says the face is. */
  readonly region?: Region | undefined;
  /** Why the image is left out; it is not decoded then. */
  readonly dropped?: string | undefined;
}

/** What the files were found in. */
export interface FileSource {
  readonly where: string;
  readonly layout: string;
  readonly name: string;
  readonly root: string;
  readonly labelSource: string;
  /** What its pictures hold, which decides what the crop `auto` takes. */
  readonly pictures: PictureKind;
  /** File that a fault of a label is blamed on; the image itself where undefined. */
  readonly table?: string;
  /** The classes that the source knows, in order, whether or not each has an image; none in a set without labels. */
  readonly classes?: readonly string[];
  readonly faults: readonly Fault[];
  /** What a person should know, though no picture is lost by it. */
  readonly warnings?: readonly string[];
  /** What says who is in a picture: `CK+ file names`; the layout where undefined. */
  readonly peopleBy?: string | undefined;
}

/** Decodes the files and gives each its class and split. */
export async function surveyFiles(source: FileSource, given: readonly LabeledFile[], options: ImageOptions): Promise<Survey> {
  checkOptions(source.where, options);
  const known = source.classes ?? options.classes;
  const { size = 48, channels = 1, cache = true, finder, noFace = "whole" } = options;
  const { crop = finder === undefined ? "source" : "auto" } = options;
  const { files, people } = peopleIn(source, given, options);
  const { classes, joined } = { joined: [], ...(known === undefined ? classesOf(files) : { classes: known }) };
  const placeOf = new Map(
    [...new Set(files.map(({ label }) => label))].map((word) => [word, word === undefined ? -1 : placeOfClass(word, classes)]),
  );
  const labels = files.map(({ label, dropped }) => (dropped === undefined ? (placeOf.get(label) as number) : -1));
  const isUnknown = (i: number): boolean => labels[i] === -1 && files[i]?.label !== undefined && files[i]?.dropped === undefined;
  const unknown = files.flatMap((file, i) => (isUnknown(i) ? [unknownLabel(source, file, classes)] : []));
  const unlabeled = (i: number): string | undefined => {
    if (isUnknown(i)) return "the label is unknown";
    return labels[i] === -1 && classes.length > 0 ? "the image has no label" : undefined;
  };
  const { splits, drawn } = drawSplits(source.where, files, labels, options);

  const wanted = files.flatMap(({ dropped }, i) => (dropped === undefined ? [i] : []));
  const parts = wanted.map((i) => partOf(source.where, crop, { pictures: source.pictures, own: files[i]?.region }));
  const decoded = await readImageFiles(
    wanted.map((i) => (files[i] as LabeledFile).file),
    {
      root: source.root,
      name: (source.table ?? source.layout).replace(/[^\w.-]/g, "-"),
      cache,
      followLinks: options.followLinks,
      width: size,
      height: size,
      channels,
      ...(parts.some((part) => part !== undefined) && { parts }),
      ...(finder && { finder }),
    },
  );
  const imageOf = new Map(wanted.map((i, k) => [i, decoded.rows[k] as number]));
  const broken = new Map(
    decoded.faults.map(([k, problem]) => {
      const i = wanted[k] as number;
      return [i, brokenImage(source, files[i] as LabeledFile, problem)];
    }),
  );
  const faceless = new Set(decoded.faceless.map((k) => wanted[k] as number));
  const rows = files.map(({ file, subject, sequence, dropped }, i): SurveyRow => {
    const row = {
      split: splits[i] as SplitName,
      id: file,
      image: imageOf.get(i) ?? -1,
      label: labels[i] as number,
      ...(subject !== undefined && { subject }),
      ...(sequence !== undefined && { sequence }),
      ...(faceless.has(i) && { faceless: true as const }),
    };
    const fault = broken.get(i);
    const unfound = faceless.has(i) && noFace === "out" ? "no face was found" : undefined;
    const reason = dropped ?? (fault && droppedFor(fault.kind)) ?? unlabeled(i) ?? unfound;
    return reason === undefined ? row : { ...row, dropped: reason };
  });
  const { layout, name, root, labelSource } = source;
  const faults = [...source.faults, ...unknown, ...broken.values()];
  const warnings = [
    ...(source.warnings ?? []),
    ...joined.map(joinedWarning),
    ...numbersWarning(classes),
    ...strangersWarning(files, people),
    ...cutWarning(decoded.remarks.map(([k, remark]) => `${(files[wanted[k] as number] as LabeledFile).file}: ${remark}`)),
  ];
  return {
    layout,
    name,
    root,
    labelSource,
    classes,
    hasVotes: false,
    images: decoded.images,
    rows,
    faults,
    warnings,
    ...(drawn && { drawn }),
    ...(people && { people }),
    ...(decoded.looked > 0 && { looked: decoded.looked }),
  };
}

/** The files with who is in each, as far as it is to be looked for. */
function peopleIn({ root, peopleBy, layout }: FileSource, files: readonly LabeledFile[], { people = "found" }: ImageOptions) {
  if (people === "none") return { files: forgetPeople(files) };
  const by = peopleBy ?? layout;
  const known = files.some((file) => unitOf(file) !== undefined);
  if (people === "found") return findPeople(files, { root: resolve(root), by });
  return { files, ...(known && { people: { by, ...(!by.endsWith(" file names") && { within: resolve(root) }) } }) };
}

function joinedWarning({ name, spellings }: JoinedClasses["joined"][number]): string {
  return `${spellings.map((word) => show(word)).join(" and ")} are one class, which is called ${name}.`;
}

/** Numbers mean other expressions in each set. */
function numbersWarning(classes: readonly string[]): string[] {
  if (classes.length === 0 || !classes.every((name) => /^\d+$/.test(name))) return [];
  return [
    `labels are numbers, which do not say what they mean: classes are called ${classes.join(", ")}. Write words in their place to change that.`,
  ];
}

/** Where only some pictures say who is in them. */
function strangersWarning(files: readonly LabeledFile[], people: PeopleKnown | undefined): string[] {
  const kept = files.filter(({ dropped }) => dropped === undefined);
  const unknown = kept.filter((file) => unitOf(file) === undefined).length;
  if (people === undefined || unknown === 0) return [];
  return [
    `${unknown.toLocaleString("en-US")} of ${kept.length.toLocaleString("en-US")} pictures do not say who is in them: each counts as another person.`,
  ];
}

/** Names of pictures that are said in a warning. */
const shown = 5;

/** Where pictures were read though their files end early. */
function cutWarning(remarks: readonly string[]): string[] {
  if (remarks.length === 0) return [];
  const named = remarks.slice(0, shown).join("; ");
  const more = remarks.length > shown ? ` ... and ${(remarks.length - shown).toLocaleString("en-US")} more` : "";
  return [
    `${remarks.length === 1 ? "a picture was" : `${remarks.length.toLocaleString("en-US")} pictures were`} read with a remark: ${named}${more}.`,
  ];
}

function checkOptions(where: string, options: ImageOptions): void {
  const { size = 48, channels = 1, crop = "source", noFace = "whole", classes, followLinks = false, people = "found" } = options;
  if (!["found", "layout", "none"].includes(people)) throw invalidOption(where, "people", "one of found, layout, none", people);
  if (typeof followLinks !== "boolean") throw invalidOption(where, "followLinks", "true or false", followLinks);
  if (!(Number.isInteger(size) && size >= 8 && size <= 1024)) throw invalidOption(where, "size", "a whole number from 8 to 1024", size);
  if (channels !== 1 && channels !== 3) throw invalidOption(where, "channels", "1 (grey) or 3 (colour)", channels);
  if (noFace !== "whole" && noFace !== "out") throw invalidOption(where, "noFace", "whole or out", noFace);
  if (!isCrop(crop)) throw invalidOption(where, "crop", cropExpected, crop);
  if (classes && (classes.length < 2 || new Set(classes).size < classes.length)) {
    throw invalidOption(where, "classes", "at least two names, each once", classes);
  }
}

/** The labels of training (of all files where there is none): in our order if all are expressions, else sorted. */
function classesOf(files: readonly LabeledFile[]): JoinedClasses {
  const labeled = files.filter(({ label }) => label !== undefined);
  const training = labeled.filter(({ split }) => split === undefined || split === "train");
  const words = (training.length > 0 ? training : labeled).map(({ label }) => label as string);
  const named = new Set(words.map(expressionNamed));
  if (!named.has(undefined)) return { classes: expressions.filter((expression) => named.has(expression)), joined: [] };
  return joinClasses(words);
}

function unknownLabel(source: FileSource, { file, label, row, table = source.table }: LabeledFile, classes: readonly string[]): Fault {
  const problem = `expected a label of training (${classes.join(", ")}), but got ${show(label)}.`;
  if (table === undefined || row === undefined) return { kind: "unknown label", file, problem, stops: true };
  return { kind: "unknown label", file: table, row, problem, stops: true };
}

/** What is wrong with an image; a box outside of it is the fault of the table that says where the box is. */
function brokenImage(source: FileSource, { file, row, table = source.table }: LabeledFile, problem: string): Fault {
  const fault = imageFault(file, problem);
  if (fault.kind !== "box outside" || row === undefined || table === undefined) return fault;
  return { ...fault, file: table, row, problem: `${file}: ${problem}` };
}
