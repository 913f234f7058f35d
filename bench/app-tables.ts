/** The tables of docs/app-speed.md, from bench/results: a test says that they agree. */
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

interface Opened {
  readonly path: string;
  readonly longest: number;
  readonly tasks: number;
  /** Milliseconds of the processor, the longest first: tasks of more than 50. */
  readonly busy: readonly number[];
  readonly heapMiB: number;
}

interface Measured {
  readonly photos: number;
  readonly faces: number;
  readonly opening: {
    readonly cold: { readonly rows: number; readonly pictures: number };
    readonly rows: number;
    readonly pictures: number;
    readonly longest: number;
    readonly busiest: number;
  };
  readonly scrolled: Omit<Opened, "path">;
  readonly screens: readonly Opened[];
  readonly serverMiB: number;
  readonly page: Readonly<Record<"first" | "code", { readonly kB: number; readonly packedKB: number }>>;
  readonly machine: string;
  readonly browser: string;
  readonly load: number;
}

interface MapMeasured {
  readonly faces: number;
  readonly millisecondsUntilPoints: number;
  readonly framesPerSecond: Readonly<Record<"still" | "panned" | "zoomed" | "hovered", number>>;
  readonly longTasks: Readonly<Record<"panned" | "zoomed" | "hovered", readonly number[]>>;
  readonly heapMiB: number;
  readonly load: number;
}

/** The tables by their marks on the page. */
export function appTables(folder = resolve(import.meta.dirname, "results")): Readonly<Record<string, string>> {
  const read = <T>(name: string): T | undefined => {
    const path = resolve(folder, name);
    return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as T) : undefined;
  };
  const app = read<Measured>("app-20000.json");
  const map = read<MapMeasured>("app-map-100000.json");
  return {
    ...(app && { "app-opening": openingTable(app), "app-screens": screensTable(app), "app-machine": machineLine(app) }),
    ...(map && { "app-map": mapTable(map) }),
  };
}

const openingTable = ({ opening, serverMiB, page }: Measured) =>
  table(
    ["", ""],
    [
      ["rows of the grid stand after", `${opening.rows} ms`],
      ["every picture in the window is there after", `${opening.pictures} ms`],
      ["the same, the first time after the start", `${opening.cold.pictures} ms`],
      ["longest task meanwhile, by the clock", `${opening.longest} ms`],
      ["the same, of the processor", `${opening.busiest} ms`],
      ["memory of the server, its thread included", `${serverMiB} MiB`],
      ["what the browser loads first, packed", `${page.first.packedKB} kB`],
      ["all code and styles, packed", `${page.code.packedKB} kB`],
    ],
  );

const screensTable = ({ scrolled, screens }: Measured) =>
  table(
    ["", "above 50 ms by the clock", "the longest", "above 50 ms of the processor", "the longest", "memory of the page"],
    [{ path: "photos, scrolled for 5 s", ...scrolled }, ...screens].map(({ path, tasks, longest, busy, heapMiB }) => [
      path.replace(/^\/(\w+).*/, "$1, opened"),
      String(tasks),
      tasks === 0 ? "" : `${longest} ms`,
      String(busy.length),
      busy.length === 0 ? "" : `${busy[0]} ms`,
      `${heapMiB} MiB`,
    ]),
  );

const mapTable = ({ framesPerSecond: of, longTasks, millisecondsUntilPoints, heapMiB, load }: MapMeasured) =>
  table(
    ["", "frames/s", "tasks above 50 ms"],
    [
      ...(["panned", "zoomed", "hovered"] as const).map((what) => [
        `while it is ${what}`,
        String(of[what]),
        String(longTasks[what].length),
      ]),
      ["points are there after", `${millisecondsUntilPoints} ms`, ""],
      ["memory of the page", `${heapMiB} MiB`, ""],
      ["load when it was measured", load.toFixed(1), ""],
    ],
  );

const machineLine = ({ machine, browser, load }: Measured) => `${machine}; ${browser}; load ${load.toFixed(1)} when it was measured.`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map((_, i) => (i === 0 ? "---" : "---:")), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}
