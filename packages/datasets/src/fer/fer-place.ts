import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { DataError } from "@semblant/core";
import { lookAtTable } from "../tables/find-tables.ts";
import { ferPlusFolders } from "./fer-plus-tables.ts";

/** Where FER+ or FER2013 lies, and in which form. */
export type FerPlace =
  /** Pixels in fer2013.csv, votes in fer2013new.csv, `label.csv` or both; names go to rows through fer2013new.csv. */
  | { readonly kind: "FER+ table"; readonly root: string; readonly pixels: string; readonly labelRoot?: string; readonly hasVotes: boolean }
  /** FER2013Train, FER2013Valid, FER2013Test, each with images and their label.csv. */
  | { readonly kind: "FER+ folders"; readonly root: string }
  /** fer2013.csv by itself, with FER2013's own seven labels. */
  | { readonly kind: "FER2013 table"; readonly root: string; readonly pixels: string };

/** Names that the table of FER2013's pixels goes by. */
const pixelTables = ["fer2013.csv", "icml_face_data.csv"];

/**
 * Where at a path FER+ or FER2013 lies; undefined if it does not.
 *
 * @param path a folder, or one of their tables
 * @throws DataError if fer2013new.csv is there, and fer2013.csv is not
 */
export function ferPlaceAt(path: string): FerPlace | undefined {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts?.isDirectory() === true) return placeInFolder(path);
  if (facts === undefined || !/\.csv$/i.test(path)) return undefined;
  if (isPixelTable(lookAtTable(path).header)) return placeOfTable(dirname(path), path);
  return basename(path) === "fer2013new.csv" ? placeInFolder(dirname(path)) : undefined;
}

function placeInFolder(root: string): FerPlace | undefined {
  const pixels = pixelTables.map((name) => join(root, name)).find((path) => existsSync(path));
  const labelRoot = labelRootOf(root);
  if (labelRoot !== undefined && (pixels === undefined || hasImages(labelRoot))) return { kind: "FER+ folders", root: labelRoot };
  if (pixels !== undefined) return placeOfTable(root, pixels);
  if (!existsSync(join(root, "fer2013new.csv"))) return undefined;
  throw new DataError(
    `FER+ at ${root}: no file fer2013.csv.\n  A FER+ folder holds fer2013new.csv (the votes) and fer2013.csv ` +
      `(the pixels).\n  To try everything without it: semblant train --data generated`,
  );
}

/** FER+ if votes or label.csv can be found, else FER2013 by itself. */
function placeOfTable(root: string, pixels: string): FerPlace {
  const labelRoot = labelRootOf(root);
  const hasVotes = existsSync(join(root, "fer2013new.csv"));
  if (!hasVotes && labelRoot === undefined) return { kind: "FER2013 table", root, pixels };
  return { kind: "FER+ table", root, pixels, hasVotes, ...(labelRoot !== undefined && { labelRoot }) };
}

/** What FERPlus's folders lie in: the folder itself or, as in its repository, `data` below it. */
function labelRootOf(root: string): string | undefined {
  return [root, join(root, "data")].find((folder) => ferPlusFolders.some(([name]) => existsSync(join(folder, name, "label.csv"))));
}

function hasImages(labelRoot: string): boolean {
  return ferPlusFolders.some(
    ([name]) => existsSync(join(labelRoot, name)) && readdirSync(join(labelRoot, name)).some((file) => /\.png$/i.test(file)),
  );
}

function isPixelTable(header: string): boolean {
  const names = header
    .toLowerCase()
    .split(",")
    .map((name) => name.trim());
  return names.includes("emotion") && names.includes("pixels");
}
