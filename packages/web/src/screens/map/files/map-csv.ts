import { csvField } from "@semblant/core/internals";
import type { MapFaces } from "../data/faces.ts";

/** What a table of a map holds. */
export interface CsvMap {
  readonly faces: MapFaces;
  /** (faces, 2) */
  readonly positions: Float32Array;
  /** (faces): 1 for those that the table lists. */
  readonly listed: Uint8Array;
  /** Of each photo's id, its path. */
  readonly paths: ReadonlyMap<number, string>;
}

const header = "face,photo,path,x,y,expression,probability,verdict,subclass,corrected";

/** Faces of a map as a table: a line each; what a spreadsheet would run as a formula is guarded. */
export function mapCsv({ faces, positions, listed, paths }: CsvMap): string {
  const lines = [header];
  for (let row = 0; row < listed.length; row++) {
    if (listed[row] !== 1) continue;
    const photo = faces.photo[row] as number;
    lines.push(
      [
        faces.id[row] as number,
        photo,
        csvField(paths.get(photo) ?? ""),
        round(positions[2 * row] as number),
        round(positions[2 * row + 1] as number),
        csvField(faces.expressions[faces.expression[row] as number] ?? ""),
        round(faces.probability[row] as number),
        faces.verdicts[faces.verdict[row] as number] ?? "",
        (faces.subclass[row] as number) >= 0 ? faces.subclass[row] : "",
        faces.corrected[row],
      ].join(","),
    );
  }
  return `${lines.join("\n")}\n`;
}

const round = (value: number) => String(Math.round(1e4 * value) / 1e4);
