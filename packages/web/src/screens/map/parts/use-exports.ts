import { useState } from "react";
import { api } from "../../../client/api.ts";
import { saveFile } from "../../../client/save.ts";
import type { Coloring } from "../data/coloring.ts";
import type { MapFaces } from "../data/faces.ts";
import { mapPng } from "../files/map-png.ts";
import type { DrawnMap } from "../files/map-svg.ts";
import { reader } from "../keeping/reader.ts";
import type { Scene } from "../stage/scene.ts";
import type { Stage } from "../stage/stage.ts";

interface Exported {
  readonly faces: MapFaces;
  readonly scene: Scene;
  readonly stage: Stage | undefined;
  readonly title: string;
  readonly coloring: Coloring;
}

/** The map as files: PNG and SVG of what is seen, CSV of the faces that are shown, or of some. */
export function useExports({ faces, scene, stage, title, coloring }: Exported) {
  const [error, setError] = useState<unknown>();
  const tried = (work: () => Promise<void>) => () => {
    setError(undefined);
    work().catch(setError);
  };
  const drawn = (): DrawnMap | undefined => {
    if (stage === undefined) return undefined;
    const { color, ...seen } = stage.seen;
    const isOff = scene.entries.map(({ key }) => scene.off.has(key));
    const lines = scene.entries.map((entry, i) => ({
      name: scene.names[i] ?? "",
      color: color(entry.color),
      shape: entry.shape,
      ellipse: isOff[i] ? undefined : scene.ellipses[i],
    }));
    const groups = scene.groups.map((group) => (isOff[group] ? 255 : group));
    return { ...seen, title, positions: scene.positions, groups, lines, ground: color("var(--card)"), ink: color("var(--ink)") };
  };
  const csv = async (rows?: readonly number[]) => {
    const listed = new Uint8Array(faces.id.length);
    const isOff = scene.entries.map(({ key }) => scene.off.has(key));
    if (rows !== undefined) for (const row of rows) listed[row] = 1;
    else for (let row = 0; row < listed.length; row++) listed[row] = isOff[scene.groups[row] as number] ? 0 : 1;
    const { columns } = await api<{ columns: { id: readonly number[]; path: readonly string[] } }>("/photos");
    const paths = new Map(columns.id.map((id, i) => [id, columns.path[i] ?? ""]));
    saveFile(await reader().csv({ faces, positions: scene.positions, listed, paths }), "map.csv");
  };
  return {
    error,
    png: tried(async () => {
      const map = drawn();
      if (map !== undefined) saveFile(await mapPng(map), `map-${coloring}.png`);
    }),
    svg: tried(async () => {
      const map = drawn();
      if (map !== undefined) saveFile(await reader().svg(map), `map-${coloring}.svg`);
    }),
    csv: tried(() => csv()),
    csvOf: (rows: readonly number[]) => tried(() => csv(rows))(),
  };
}
