import { existsSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { DataError } from "@semblant/core";
import { expressionNamed } from "@semblant/core/internals";
import { splitNamed } from "../dataset/split-names.ts";
import type { DataSet } from "../description/data-set.ts";
import { foldersIn, insidePath } from "../survey/folders.ts";
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
import { holdsLoosePictures } from "./flat-folder.ts";
import { knownSets } from "./known-sets.ts";

/** The layouts in which people have labelled faces, and where in each the parts are. */
export type Layout =
  /** A data set in a layout of its own. */
  | { readonly kind: "set"; readonly root: string; readonly set: DataSet }
  /** A table of paths and labels beside or above its images, or one such table a split. */
  | { readonly kind: "labelled table"; readonly root: string; readonly tables: readonly string[] }
  /** A folder per class, in a folder per split or without splits; and tables beside them that cannot be read. */
  | { readonly kind: "image folder"; readonly root: string; readonly strange: readonly FoundTable[] }
  /** Pictures in one folder, with nothing that says what they show. */
  | { readonly kind: "folder of pictures"; readonly root: string };

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
  return layout.kind === "set" ? layout.set.layout : layout.kind;
}

function fileLayout(path: string): Layout {
  const set = setAt(path, knownSets);
  if (set !== undefined) return set;
  const table = lookAtTable(path);
  if (table.beginning !== undefined) return { kind: "labelled table", root: dirname(path), tables: [path] };
  throw new DataError(
    `data at ${path}: expected a table with the columns emotion,pixels,Usage or path,label[,split], but ` +
      `its first line is ${JSON.stringify(table.header.slice(0, 60))}.\n  Columns of other names are known, too: ${columnsExpected}.`,
  );
}

function folderLayout(root: string): Layout {
  const sure = setAt(
    root,
    knownSets.filter(({ beforeTables }) => beforeTables === true),
  );
  if (sure !== undefined) return sure;
  const tables = tablesIn(root);
  const ours = tablesToRead(root, tables.filter(isOurs));
  if (ours !== undefined) return labelledTables(root, ours);
  const set = setAt(
    root,
    knownSets.filter(({ beforeTables }) => beforeTables !== true),
  );
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
        `data at ${root}: ${other} is here, but it is not read: expected a table as text.\n  Save it as ` +
          `labels.csv with the columns path,label.`,
      );
  }
  const strange = [...tables, ...among.filter(({ beginning }) => beginning !== undefined)];
  if (folders.length > 0) return { kind: "image folder", root, strange };
  if (holdsLoosePictures(root)) return { kind: "folder of pictures", root };
  throw new DataError(
    `data at ${root}: nothing here that can be read.\n  Known: fer2013.csv (and fer2013new.csv), ` +
      `FER2013Train/label.csv and its like, a folder for each class, a table path,label[,split],\n  ${titles()} ` +
      `as they are sent out.\n  To try everything without data: semblant train --data generated`,
  );
}

/** The first of some sets that is at a path. */
function setAt(path: string, sets: readonly DataSet[]): Layout | undefined {
  for (const set of sets) {
    const root = set.find(path);
    if (root !== undefined) return { kind: "set", root, set };
  }
  return undefined;
}

/** The titles of the sets that the error does not name by their files. */
function titles(): string {
  const names = [...new Set(knownSets.filter(({ beforeTables }) => beforeTables !== true).map(({ title }) => title))];
  names.sort((a, b) => a.localeCompare(b, "en"));
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function labelledTables(root: string, tables: readonly FoundTable[]): Layout {
  return { kind: "labelled table", root, tables: tables.map(({ path }) => path) };
}

/** Whether the folders name expressions, in a folder per split or without splits: then they say the label, whatever lies beside them. */
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
