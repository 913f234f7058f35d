import { endingOf, printable } from "@semblant/core/internals";

/** What a walk through a folder passed over, counted. */
export interface PassedOver {
  /** Files by their endings in small letters, the most frequent first; "" for those without one. */
  readonly endings: Readonly<Record<string, number>>;
  /** Files and folders whose names begin with a dot. */
  readonly hidden: number;
  /** Folders in which programs keep what is no photo: `@eaDir`, `node_modules`, `__MACOSX`. */
  readonly programs: number;
  /** Files and folders that an exclusion left out; a folder counts once. */
  readonly excluded: number;
}

/** What lies there of ours: the library, and decoded faces of a data set. */
const own: readonly string[] = [".semblant", ".semblant-cache"];
/** Endings are made by people and programs without end; those after so many are counted together. */
const mostEndings = 1000;

/** Counts what a walk passes over, and notes which exclusions left something out. */
export class WalkNotes {
  readonly #endings = new Map<string, number>();
  #hidden = 0;
  #programs = 0;
  #excluded = 0;
  /** Folders that were left out, from the walk's. */
  readonly excludedFolders: string[] = [];
  /** Exclusions that left something out. */
  readonly used = new Set<string>();

  file(name: string): void {
    const ending = endingOf(name);
    const known = this.#endings.has(ending) || this.#endings.size < mostEndings ? ending : ".*";
    this.#endings.set(known, (this.#endings.get(known) ?? 0) + 1);
  }

  hidden(name: string): void {
    if (!own.includes(name)) this.#hidden++;
  }

  program(): void {
    this.#programs++;
  }

  excluded(path: string, isFolder: boolean, patterns: readonly string[]): void {
    this.#excluded++;
    if (isFolder) this.excludedFolders.push(path);
    for (const pattern of patterns) this.used.add(pattern);
  }

  passedOver(): PassedOver {
    const endings = Object.fromEntries([...this.#endings].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)));
    return { endings, hidden: this.#hidden, programs: this.#programs, excluded: this.#excluded };
  }
}

const shownEndings = 6;

/**
 * A line about what was passed over; undefined where nothing was.
 *
 * @example
 * passedOverLine({ endings: { ".mov": 1200, "": 2, ".xmp": 1 }, hidden: 3, programs: 0, excluded: 0 });
 * // "passed over: 1,200 .mov, 2 without an ending, 1 .xmp, 3 hidden"
 */
export function passedOverLine({ endings, hidden, programs, excluded }: PassedOver): string | undefined {
  const number = (n: number) => n.toLocaleString("en-US");
  const all = Object.entries(endings);
  const rest = all.slice(shownEndings);
  const others = rest.reduce((sum, [, count]) => sum + count, 0);
  const parts = [
    ...all
      .slice(0, shownEndings)
      .map(([ending, count]) => `${number(count)} ${ending === "" ? "without an ending" : printable(ending.slice(0, 24))}`),
    ...(others > 0 ? [`${number(others)} with ${rest.length === 1 ? "another ending" : `${number(rest.length)} other endings`}`] : []),
    ...(hidden > 0 ? [`${number(hidden)} hidden`] : []),
    ...(programs > 0 ? [`${number(programs)} ${programs === 1 ? "folder" : "folders"} of programs`] : []),
    ...(excluded > 0 ? [`${number(excluded)} by --exclude`] : []),
  ];
  return parts.length === 0 ? undefined : `passed over: ${parts.join(", ")}`;
}
