import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { DataError, inFileWords } from "@semblant/core";
import { ferPlusFolders } from "./fer-plus-tables.ts";
import { isFolder } from "./folders.ts";
import type { SetReader } from "./set-reader.ts";
import { setReaders } from "./set-readers.ts";

/** The layouts in which people have labelled faces, and where in each the parts are. */
export type Layout =
  /** Pixels in fer2013.csv, votes in fer2013new.csv, `label.csv` or both; names go to rows through fer2013new.csv. */
  | { readonly kind: "FER+ table"; readonly root: string; readonly pixels: string; readonly labelRoot?: string; readonly hasVotes: boolean }
  /** FER2013Train, FER2013Valid, FER2013Test, each with images and their label.csv. */
  | { readonly kind: "FER+ folders"; readonly root: string }
  /** fer2013.csv by itself, with FER2013's own seven labels. */
  | { readonly kind: "FER2013 table"; readonly root: string; readonly pixels: string }
  /** A table `path,label[,split]` beside or above its images. */
  | { readonly kind: "labelled table"; readonly root: string; readonly table: string }
  /** A folder a class, in a folder a split or without splits. */
  | { readonly kind: "image folder"; readonly root: string }
  /** One of the sets with layouts of their own. */
  | { readonly kind: "set"; readonly root: string; readonly reader: SetReader };

/** Names that the table of FER2013's pixels goes by. */
export const pixelTables = ["fer2013.csv", "icml_face_data.csv"];

/**
 * Which layout a folder or file has, by its names and headers alone.
 *
 * @throws DataError if there is nothing at the path, or nothing that is known
 *
 * @example
 * recogniseLayout("~/ferplus"); // throws DataError: data at ~/ferplus: no such file or folder.
 */
export function recogniseLayout(path: string): Layout {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts === undefined) throw new DataError(`data at ${path}: no such file or folder.`);
  return facts.isDirectory() ? folderLayout(path) : fileLayout(path);
}

/** What a layout is called: `JAFFE pictures`. */
export function nameOfLayout(layout: Layout): string {
  return layout.kind === "set" ? layout.reader.layout : layout.kind;
}

function fileLayout(path: string): Layout {
  const set = setLayout(path);
  if (set !== undefined) return set;
  const header = headerOf(path);
  if (isPixelTable(header)) return tableLayout(dirname(path), path);
  if (isLabelled(header)) return { kind: "labelled table", root: dirname(path), table: path };
  if (basename(path) === "fer2013new.csv") return folderLayout(dirname(path));
  throw new DataError(
    `data at ${path}: expected a table with the columns emotion,pixels,Usage or path,label[,split], but its first line is ${JSON.stringify(header.slice(0, 60))}.`,
  );
}

function folderLayout(root: string): Layout {
  const pixels = pixelTables.map((name) => join(root, name)).find((path) => existsSync(path));
  const labelRoot = labelRootOf(root);
  if (labelRoot !== undefined && (pixels === undefined || hasImages(labelRoot))) return { kind: "FER+ folders", root: labelRoot };
  if (pixels !== undefined) return tableLayout(root, pixels);
  if (existsSync(join(root, "fer2013new.csv"))) {
    throw new DataError(
      `FER+ at ${root}: no file fer2013.csv.\n  A FER+ folder holds fer2013new.csv (the votes) and fer2013.csv (the pixels).\n  To try everything without it: semblant train --data generated`,
    );
  }
  const entries = readdirSync(root, { withFileTypes: true }).filter(({ name }) => !name.startsWith("."));
  const tables = entries.filter(
    (entry) => /\.csv$/i.test(entry.name) && !isFolder(root, entry) && isLabelled(headerOf(join(root, entry.name))),
  );
  const [table] = tables;
  if (table !== undefined && tables.length === 1) return { kind: "labelled table", root, table: join(root, table.name) };
  if (tables.length > 1) {
    throw new DataError(
      `data at ${root}: expected one table of paths and labels, but got ${tables
        .map(({ name }) => name)
        .sort()
        .join(", ")}.\n  Name the one that is meant.`,
    );
  }
  const set = setLayout(root);
  if (set !== undefined) return set;
  if (entries.some((entry) => isFolder(root, entry))) return { kind: "image folder", root };
  throw new DataError(
    `data at ${root}: nothing here that can be read.\n  Known: fer2013.csv (and fer2013new.csv), FER2013Train/label.csv and its like, a folder for each class, a table path,label[,split],\n  AffectNet, BU-3DFE, CelebA, CK+, JAFFE, KDEF, LFW and RAF-DB as they are sent out.\n  To try everything without data: semblant train --data generated`,
  );
}

/** The first of the sets with layouts of their own that is at the path. */
function setLayout(path: string): Layout | undefined {
  for (const reader of setReaders) {
    const root = reader.find(path);
    if (root !== undefined) return { kind: "set", root, reader };
  }
  return undefined;
}

/** FER+ if votes or label.csv can be found, else FER2013 by itself. */
function tableLayout(root: string, pixels: string): Layout {
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

function isLabelled(header: string): boolean {
  const names = header
    .toLowerCase()
    .split(",")
    .map((name) => name.trim());
  return names.includes("path") && names.includes("label");
}

/** First line of a file, up to 4 KiB of it. */
function headerOf(path: string): string {
  const [first = ""] = beginningOf(path)
    .replace(/^\ufeff/, "")
    .split(/\r?\n/);
  return first.trim();
}

function beginningOf(path: string): string {
  try {
    const file = openSync(path, "r");
    try {
      const bytes = Buffer.alloc(4096);
      return bytes.toString("utf8", 0, readSync(file, bytes, 0, bytes.length, 0));
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw inFileWords(error, path);
  }
}
