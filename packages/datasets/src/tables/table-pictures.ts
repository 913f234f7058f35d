import { type Dirent, existsSync, readdirSync, realpathSync } from "node:fs";
import { isAbsolute, join, posix, relative, resolve } from "node:path";
import { withoutGuard } from "@semblant/core/internals";
import { filesIn, insidePath, readable } from "../survey/folders.ts";

/**
 * The pictures in a folder, found as a table names them: by paths relative to the table's own folder or to another folder in which all
 * of them lie, with slashes or backslashes, absolute where they lead into the folder; and, where no file is called exactly so, with
 * another Unicode form (macOS takes letters apart), `%20` for a blank, another case, or without its ending.
 */
export class TablePictures {
  readonly #root: string;
  /** Names of the files in each folder that was looked into. */
  readonly #names = new Map<string, ReadonlySet<string>>();
  /** Every picture below the root, once a name was not found as it is written. */
  #all: readonly string[] | undefined;
  /** Files by each name under which they may be written; more than one where it is not clear which is meant. */
  readonly #alike = new Map<string, string[]>();
  /** Folder that the rows are relative to. */
  #base = "";

  /** @param table folder of the table, relative to the root */
  constructor(root: string, table = "") {
    this.#root = root;
    this.#base = table;
  }

  /** Where rows are taken from, relative to the root: the table's own folder, or the one in which most of the rows lie. */
  get base(): string {
    return this.#base;
  }

  /**
   * A name as a path below the root, whether or not there is such a file; undefined if it leads out of it. A spreadsheet's guard
   * (`'=a.png`) is taken off where there is no file of that name.
   */
  find(name: string): string | undefined {
    const inside = this.#inside(name);
    if (inside === undefined) return undefined;
    const placed = posix.join(this.#base, inside);
    const path = placed.startsWith("../") ? undefined : placed;
    if (path === undefined) return this.#isThere(inside) ? inside : undefined;
    return this.#isThere(path) ? path : (this.#likeOf(path) ?? (this.#isThere(inside) ? inside : path));
  }

  /** Takes the rows from the folder in which most of them lie, unless some lie where the table is. */
  settle(names: readonly string[]): void {
    const inside = names.flatMap((name) => this.#inside(name) ?? []);
    if (inside.some((name) => this.#there(posix.join(this.#base, name)) || this.#there(name))) return;
    const counts = new Map<string, number>();
    const ends = this.#byEnd();
    for (const name of inside) {
      for (const file of ends.get(keysOf(posix.basename(name))[0] as string) ?? []) {
        const [whole, end] = [keyOf(file), keyOf(name)];
        if (!whole.endsWith(`/${end}`) && !withoutEnding(whole).endsWith(`/${end}`)) continue;
        const depth = name.split("/").length;
        const base = file.split("/").slice(0, -depth).join("/");
        counts.set(base, (counts.get(base) ?? 0) + 1);
      }
    }
    const [best] = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
    if (best !== undefined) this.#base = best[0];
  }

  /** Pictures that no row names, in the folders of those that are named; sorted. */
  left(named: ReadonlySet<string>): string[] {
    const folders = new Set([...named].map((file) => posix.dirname(file)));
    const all = [...folders].flatMap((folder) =>
      [...this.#namesIn(folder)].filter((name) => readable.test(name)).map((name) => (folder === "." ? name : `${folder}/${name}`)),
    );
    return all.filter((file) => !named.has(file)).sort();
  }

  #inside(name: string): string | undefined {
    const trimmed = name.trim();
    const bare = withoutGuard(trimmed);
    const meant = bare !== trimmed && existsSync(join(this.#root, this.#base, trimmed)) ? trimmed : bare;
    return this.#withinRoot(meant) ?? this.#upFromTable(meant) ?? insidePath(meant);
  }

  /** An absolute path that leads into the folder, relative to where rows are taken from. */
  #withinRoot(name: string): string | undefined {
    if (!isAbsolute(name) || name.includes("\0")) return undefined;
    for (const root of new Set([resolve(this.#root), realOf(this.#root)])) {
      const path = relative(root, resolve(name)).replaceAll("\\", "/");
      if (path !== "" && path !== ".." && !path.startsWith("../") && !isAbsolute(path)) return posix.relative(this.#base, path);
    }
    return undefined;
  }

  /** `../images/a.png` in a table that lies in a folder of the set. */
  #upFromTable(name: string): string | undefined {
    const path = name.replaceAll("\\", "/");
    if (this.#base === "" || !path.startsWith("../")) return undefined;
    const inside = insidePath(posix.join(this.#base, path));
    return inside === undefined ? undefined : posix.relative(this.#base, inside);
  }

  #isThere(path: string): boolean {
    return this.#namesIn(posix.dirname(path)).has(posix.basename(path)) || existsSync(join(this.#root, path));
  }

  #namesIn(folder: string): ReadonlySet<string> {
    const known = this.#names.get(folder) ?? new Set(filesIn(join(this.#root, folder)));
    this.#names.set(folder, known);
    return known;
  }

  get #files(): readonly string[] {
    this.#all ??= picturesBelow(this.#root);
    return this.#all;
  }

  #there(path: string): boolean {
    return this.#isThere(path) || this.#likeOf(path) !== undefined;
  }

  /** The one file that is called so but for case, Unicode form, `%20` or its ending. */
  #likeOf(path: string): string | undefined {
    if (this.#alike.size === 0) {
      for (const file of this.#files) for (const key of keysOf(file)) add(this.#alike, key, file);
    }
    for (const key of [keyOf(path), keyOf(decoded(path))]) {
      const found = this.#alike.get(key);
      if (found?.length === 1) return found[0];
    }
    return undefined;
  }

  #byEnd(): Map<string, string[]> {
    const ends = new Map<string, string[]>();
    for (const file of this.#files) for (const key of keysOf(posix.basename(file))) add(ends, key, file);
    return ends;
  }
}

/** A name, and the name without its ending. */
function keysOf(name: string): string[] {
  const key = keyOf(name);
  const plain = withoutEnding(key);
  return plain === key ? [key] : [key, plain];
}

const keyOf = (path: string): string => path.normalize("NFC").toLowerCase();
const withoutEnding = (path: string): string => path.replace(readable, "");

function add(map: Map<string, string[]>, key: string, file: string): void {
  const files = map.get(key);
  if (files === undefined) map.set(key, [file]);
  else files.push(file);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

/** Pictures are looked for among no more than these: a table may lie in a folder with everything that somebody has. */
const most = 200_000;

/** Pictures in a folder and below it, sorted; links to folders, and what cannot be read, are passed over. */
function picturesBelow(root: string): string[] {
  const found: string[] = [];
  const folders = [""];
  let seen = 0;
  for (let i = 0; i < folders.length && seen < most; i++) {
    const folder = folders[i] as string;
    for (const entry of entriesOf(join(root, folder))) {
      if (entry.name.startsWith(".") || entry.name === "__MACOSX") continue;
      seen++;
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) folders.push(path);
      else if (readable.test(entry.name)) found.push(path);
    }
  }
  return found.sort();
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
