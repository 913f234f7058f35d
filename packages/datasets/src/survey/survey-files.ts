import { resolve } from "node:path";
import { expressions } from "@semblant/core";
import { expressionNamed, show } from "@semblant/core/internals";
import type { SplitName } from "../dataset/dataset.ts";
import { type PictureKind, partOf } from "../images/crop.ts";
import { readImageFiles } from "../images/image-files.ts";
import { type JoinedClasses, joinClasses, placeOfClass } from "../labels/class-names.ts";
import { drawSplits } from "./draw-splits.ts";
import { droppedFor, type Fault, imageFault } from "./fault.ts";
import { cutWarning, joinedWarning, numbersWarning, strangersWarning } from "./file-warnings.ts";
import { checkImageOptions, type ImageOptions } from "./image-options.ts";
import type { LabeledFile } from "./labelled-file.ts";
import { findPeople, forgetPeople, unitOf } from "./people.ts";
import type { Survey, SurveyRow } from "./survey.ts";

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
  /** Whether validation and test may have classes that training has not (false): so it is where queries look in a gallery. */
  readonly openSet?: boolean;
  readonly faults: readonly Fault[];
  /** What a person should know, though no picture is lost by it. */
  readonly warnings?: readonly string[];
  /** What says who is in a picture: `CK+ file names`; the layout where undefined. */
  readonly peopleBy?: string | undefined;
}

/** Decodes the files and gives each its class and split. */
export async function surveyFiles(source: FileSource, given: readonly LabeledFile[], options: ImageOptions): Promise<Survey> {
  checkImageOptions(source.where, options);
  const known = source.classes ?? options.classes;
  const { size = 48, channels = 1, cache = true, finder, noFace = "whole" } = options;
  const { crop = finder === undefined ? "source" : "auto" } = options;
  const { files, people } = peopleIn(source, given, options);
  const { classes, joined } = { joined: [], ...(known === undefined ? classesOf(files, source.openSet) : { classes: known }) };
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
  const rows = files.map(({ file, id = file, subject, sequence, role, dropped }, i): SurveyRow => {
    const row = {
      split: splits[i] as SplitName,
      id,
      image: imageOf.get(i) ?? -1,
      label: labels[i] as number,
      ...(subject !== undefined && { subject }),
      ...(sequence !== undefined && { sequence }),
      ...(role !== undefined && { role }),
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

/**
 * The labels of training, or of all files where there is none or other splits may have other classes: in our order if all are expressions,
 * else sorted.
 */
function classesOf(files: readonly LabeledFile[], openSet = false): JoinedClasses {
  const labeled = files.filter(({ label }) => label !== undefined);
  const training = labeled.filter(({ split }) => split === undefined || split === "train");
  const words = (training.length > 0 && !openSet ? training : labeled).map(({ label }) => label as string);
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
