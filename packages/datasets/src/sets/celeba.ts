import { basename, join } from "node:path";
import { DataError, OptionError } from "@semblant/core";
import { nearest, rules, show } from "@semblant/core/internals";
import type { SplitName } from "../dataset/dataset.ts";
import { dataSet } from "../description/data-set.ts";
import { optionOf } from "../description/set-option.ts";
import type { Region } from "../images/region.ts";
import type { Fault } from "../survey/fault.ts";
import { filesIn, firstPlace, readable } from "../survey/folders.ts";
import type { LabeledFile } from "../survey/labelled-file.ts";
import { surveyFiles } from "../survey/survey-files.ts";
import { readForeignText } from "../text/read-text.ts";

const imagePlaces = [
  "img_align_celeba/img_align_celeba",
  "img_align_celeba",
  "Img/img_align_celeba",
  "img_align_celeba_png",
  "Img/img_align_celeba_png",
];
const placesOf = (name: string, folder: string) => [`${name}.txt`, `${name}.csv`, `${folder}/${name}.txt`, `${folder}/${name}.csv`];
const splitOfCode: readonly SplitName[] = ["train", "validation", "test"];
/**
 * Of 178 x 218 pixels, 30 off above and below, as in the paper's code, and 10 at each side: a square of 158 (reading 30 in
 * paper/readings.md). The paper's code takes 30 off at the sides, too, and fills them up to the square with black; here the picture
 * itself fills them, at the same scale. In shares, so that copies of other sizes are cut alike.
 */
const inner: Region = { left: 10 / 178, top: 30 / 218, width: 158 / 178, height: 158 / 218, unit: "share" };

const layout = "CelebA images";
const pictures = "heads";

/**
 * CelebA's 202,599 aligned images of 178 x 218 (`img_align_celeba/000001.jpg`) with `list_eval_partition` (0 train, 1 validation,
 * 2 test), `identity_CelebA` for people and, if an attribute is asked for, `list_attr_celeba` (1 or −1); each beside the images' folder or
 * in `Eval/` and `Anno/`, as .txt or, as Kaggle has them, .csv with a line of names. The square of 158 pixels in the
 * middle is taken. Without an attribute the set is unlabelled: a gallery to search. Without the partition all is test.
 *
 * Liu et al. 2015; formats as torchvision.datasets.CelebA reads them.
 */
export const set = dataSet({
  title: "CelebA",
  layout,
  files:
    "`img_align_celeba/000001.jpg` with `list_eval_partition.txt`, `identity_CelebA.txt` and `list_attr_celeba.txt`, or the same as .csv",
  pictures,
  order: 60,
  options: {
    attribute: optionOf<string | null>(rules.orNone(rules.text), {
      default: null,
      text: "The attribute that is the label, such as Smiling; without one the set has no labels.",
    }),
  },
  find: (folder) => {
    const lists = [...placesOf("list_eval_partition", "Eval"), ...placesOf("list_attr_celeba", "Anno")];
    return firstPlace(folder, imagePlaces) !== undefined && firstPlace(folder, lists) !== undefined ? folder : undefined;
  },
  survey(root, options, { attribute }) {
    const images = firstPlace(root, imagePlaces) as string;
    const faults: Fault[] = [];
    const names = filesIn(join(root, images)).filter((name) => readable.test(name));
    const partition = firstPlace(root, placesOf("list_eval_partition", "Eval"));
    const splits = partition === undefined ? undefined : readPairs(root, partition, faults);
    const identities = firstPlace(root, placesOf("identity_CelebA", "Anno"));
    const people = identities === undefined ? undefined : readPairs(root, identities, faults);
    const labels = attribute === null ? undefined : readAttribute(root, attribute, faults);
    const listed = splits ?? labels?.of;

    const numberOf = (name: string): string => name.replace(/\.[^.]+$/, "");
    const there = new Map(names.map((name) => [numberOf(name), name]));
    const all = [...new Set([...(listed?.keys() ?? []), ...there.keys()])].sort();
    const files = all.map((number): LabeledFile => {
      const file = `${images}/${there.get(number) ?? `${number}.jpg`}`;
      const split = splits && splitOfCode[Number(splits.get(number)?.value ?? 2)];
      const row = { file, split, label: labels?.of.get(number)?.value, subject: people?.get(number)?.value, region: inner };
      if (!there.has(number)) {
        faults.push({ kind: "missing", file, problem: "no such file.", stops: false });
        return { ...row, dropped: "the image is missing" };
      }
      if (listed?.has(number) !== false) return row;
      faults.push({
        kind: "not listed",
        file,
        problem: `no row of ${basename((partition ?? labels?.table) as string)} names this image.`,
        stops: false,
      });
      return { ...row, dropped: "no row names the image" };
    });
    for (const [number, { value, row }] of splits ?? []) {
      if (splitOfCode[Number(value)] === undefined)
        faults.push({
          kind: "bad row",
          file: partition as string,
          row,
          problem: `expected ${number} to be in 0, 1 or 2, but got ${show(value)}.`,
          stops: true,
        });
    }
    const labelSource = labels === undefined ? "no labels" : `${basename(labels.table)} ${labels.name}`;
    const source = { where: "readDataset", layout, name: "CelebA", root, labelSource, classes: labels?.classes ?? [] };
    return surveyFiles({ ...source, pictures, peopleBy: "identity_CelebA", faults }, files, options);
  },
});

type Listed = Map<string, { readonly value: string; readonly row: number }>;

/** A list of file names and one value each, spaces or a comma between; a line of names is passed over. */
function readPairs(root: string, list: string, faults: Fault[]): Listed {
  const found: Listed = new Map();
  const lines = readForeignText(join(root, list)).split(/\r?\n/);
  const first = /^image_id/i.test(lines[0] as string) ? 1 : 0;
  for (let i = first; i < lines.length; i++) {
    const fields = (lines[i] as string).trim().split(/[\s,]+/);
    if (fields[0] === "") continue;
    const row = i - first;
    const number = (fields[0] as string).replace(/\.[^.]+$/, "");
    if (fields.length !== 2)
      faults.push({
        kind: "bad row",
        file: list,
        row,
        problem: `expected a file and one value, but got ${fields.length} fields.`,
        stops: true,
      });
    else if (found.has(number))
      faults.push({
        kind: "duplicate name",
        file: list,
        row,
        problem: `${fields[0]} stands in row ${found.get(number)?.row} already.`,
        stops: true,
      });
    else found.set(number, { value: fields[1] as string, row });
  }
  return found;
}

/** The images that have an attribute, and those that have not, as two classes. */
function readAttribute(root: string, name: string, faults: Fault[]): { of: Listed; classes: string[]; name: string; table: string } {
  const table = firstPlace(root, placesOf("list_attr_celeba", "Anno"));
  if (table === undefined) throw new DataError(`CelebA at ${root}: no file list_attr_celeba.txt, which says who is ${name}.`);
  const lines = readForeignText(join(root, table)).split(/\r?\n/);
  const counted = /^\s*\d+\s*$/.test(lines[0] as string); // the .txt begins with the number of images
  const names = (lines[counted ? 1 : 0] as string)
    .trim()
    .split(/[\s,]+/)
    .filter((word) => !/^image_id$/i.test(word));
  const column = names.findIndex((word) => word.toLowerCase() === name.toLowerCase());
  if (column < 0) {
    const near = nearest(name, names);
    throw new OptionError(
      `readDataset: expected attribute to be one of the ${names.length} of ${table}, but ` +
        `got ${show(name)}${near ? `; did you mean "${near}"?` : "."}`,
    );
  }
  const own = names[column] as string;
  const of: Listed = new Map();
  for (let i = counted ? 2 : 1; i < lines.length; i++) {
    const fields = (lines[i] as string).trim().split(/[\s,]+/);
    if (fields[0] === "") continue;
    const row = i - (counted ? 2 : 1);
    const value = fields[column + 1];
    if (fields.length === names.length + 1 && (value === "1" || value === "-1" || value === "0"))
      of.set((fields[0] as string).replace(/\.[^.]+$/, ""), { value: value === "1" ? own : `not ${own}`, row });
    else
      faults.push({
        kind: "bad row",
        file: table,
        row,
        problem:
          `expected a file and ${names.length} values of 1 or -1, but got ${fields.length - 1} values ` +
          `and ${JSON.stringify(value ?? "")} for ${own}.`,
        stops: true,
      });
  }
  const promised = counted ? Number(lines[0]) : of.size;
  if (promised !== of.size)
    faults.push({
      kind: "bad row",
      file: table,
      problem: `expected ${promised} rows, as its first line says, but got ${of.size}.`,
      stops: false,
    });
  return { of, classes: [`not ${own}`, own], name: own, table };
}
