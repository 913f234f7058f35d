import { existsSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { DataError, expressionNamed } from "@semblant/core";
import { columnsExpected } from "../tables/columns.ts";
import {
  type FoundTable,
  isOurs,
  lookAtTable,
  tablesAmongPictures,
  tablesBelow,
  tablesIn,
  tablesOfOtherKinds,
  tablesToRead,
  whyNotRead,
} from "../tables/find-tables.ts";
import { ferPlusFolders } from "./fer-plus-tables.ts";
import { holdsLoosePictures } from "./flat-folder.ts";
import { foldersIn, insidePath } from "./folders.ts";
import type { SetReader } from "./set-reader.ts";
import { setReaders } from "./set-readers.ts";
import { splitNamed } from "./split-names.ts";

/** The layouts in which people have labelled faces, and where in each the parts are. */
export type Layout =
  /** Pixels in fer2013.csv, votes in fer2013new.csv, `label.csv` or both; names go to rows through fer2013new.csv. */
  | { readonly kind: "FER+ table"; readonly root: string; readonly pixels: string; readonly labelRoot?: string; readonly hasVotes: boolean }
  /** FER2013Train, FER2013Valid, FER2013Test, each with images and their label.csv. */
  | { readonly kind: "FER+ folders"; readonly root: string }
  /** fer2013.csv by itself, with FER2013's own seven labels. */
  | { readonly kind: "FER2013 table"; readonly root: string; readonly pixels: string }
  /** A table of paths and labels beside or above its images, or one such table a split. */
  | { readonly kind: "labelled table"; readonly root: string; readonly tables: readonly string[] }
  /** A folder a class, in a folder a split or without splits; and tables beside them that cannot be read. */
  | { readonly kind: "image folder"; readonly root: string; readonly strange: readonly FoundTable[] }
  /** Pictures in one folder, with nothing that says what they show. */
  | { readonly kind: "folder of pictures"; readonly root: string }
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
  const table = lookAtTable(path);
  if (isPixelTable(table.header)) return tableLayout(dirname(path), path);
  if (basename(path) === "fer2013new.csv") return folderLayout(dirname(path));
  if (table.beginning !== undefined) return { kind: "labelled table", root: dirname(path), tables: [path] };
  throw new DataError(
    `data at ${path}: expected a table with the columns emotion,pixels,Usage or path,label[,split], but its first line is ${JSON.stringify(table.header.slice(0, 60))}.\n  Columns of other names are known, too: ${columnsExpected}.`,
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
  const tables = tablesIn(root);
  const ours = tablesToRead(root, tables.filter(isOurs));
  if (ours !== undefined) return labelledTables(root, ours);
  const set = setLayout(root);
  const others = tables.filter(({ beginning }) => beginning !== undefined);
  // A set's own tables name pictures elsewhere: only what lies here makes a table of another say more than the set's names.
  const rules = set === undefined ? !classesAreFolders(root) : others.some((table) => namesWhatIsThere(root, table));
  if (others.length > 0 && rules) {
    return labelledTables(root, tablesToRead(root, others) as FoundTable[]);
  }
  if (set !== undefined) return set;
  const below = tablesToRead(root, tablesBelow(root));
  if (below !== undefined) return labelledTables(root, below);
  const folders = foldersIn(root);
  const among = tablesAmongPictures(root);
  if (folders.length < 2) {
    // One folder tells no classes apart: a table says them, or why it does not.
    const inside = tablesToRead(
      root,
      among.filter(({ beginning }) => beginning !== undefined),
    );
    if (inside !== undefined) return labelledTables(root, inside);
    const [strange] = [...tables, ...among];
    if (strange !== undefined) throw new DataError(`data at ${root}: ${relative(root, strange.path)} is here, but ${whyNotRead(strange)}`);
    const [other] = tablesOfOtherKinds(root);
    if (other !== undefined)
      throw new DataError(
        `data at ${root}: ${other} is here, but it is not read: expected a table as text.\n  Save it as labels.csv with the columns path,label.`,
      );
  }
  const strange = [...tables, ...among.filter(({ beginning }) => beginning !== undefined)];
  if (folders.length > 0) return { kind: "image folder", root, strange };
  if (holdsLoosePictures(root)) return { kind: "folder of pictures", root };
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

function labelledTables(root: string, tables: readonly FoundTable[]): Layout {
  return { kind: "labelled table", root, tables: tables.map(({ path }) => path) };
}

/** Whether the folders name expressions, in a folder a split or without splits: then they say the label, whatever lies beside them. */
function classesAreFolders(root: string): boolean {
  const folders = foldersIn(root);
  const inner = folders.some((folder) => splitNamed(folder) !== undefined)
    ? folders.flatMap((folder) => foldersIn(join(root, folder)))
    : folders;
  return inner.length > 1 && inner.every((folder) => expressionNamed(folder) !== undefined);
}

/** Whether one of the first rows of a table names a picture that is there. */
function namesWhatIsThere(root: string, { beginning }: FoundTable): boolean {
  const rows = beginning?.rows.slice(0, 20).map(({ fields }) => fields[beginning.columns.path] ?? "") ?? [];
  return rows.some((name) => {
    const path = insidePath(name.trim());
    return path !== undefined && existsSync(join(root, path));
  });
}
