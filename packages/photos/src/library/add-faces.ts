import type { Value } from "../database/database.ts";
import { addVectors } from "../server/vectors.ts";
import { isServer } from "./dialect.ts";
import type { LibraryFile } from "./open-file.ts";
import type { VectorTable } from "./vector-table.ts";

/** Columns of a face, without its id. The last is its embedding. */
export const faceColumns =
  "photo, x, y, width, height, score, landmarks, side, sharpness, yaw, pitch, roll, " +
  "eyes_open, mouth_open, expression, appearance, embedding";

/** Values of {@link faceColumns}. */
export type FaceCells = readonly Value[];

/** Faces that are sent to a server at once. */
const atOnce = 50;

/** What writes faces, and their vectors where there is a table of these: on a server in few questions, however many faces there are. */
export function facesAdder(file: LibraryFile, vectors: VectorTable | undefined): (faces: readonly FaceCells[]) => void {
  const one = `(?${", ?".repeat(faceColumns.split(",").length - 1)})`;
  const adding = (count: number) =>
    file.prepare(`INSERT INTO faces (${faceColumns}) VALUES ${Array(count).fill(one).join(", ")} RETURNING id`).pluck();
  if (isServer(file)) {
    return (faces) => {
      for (let at = 0; at < faces.length; at += atOnce) {
        const some = faces.slice(at, at + atOnce);
        const ids = adding(some.length).all(...some.flat()) as number[]; // in the order of the faces
        if (vectors === undefined) continue;
        addVectors(
          file,
          ids.map((id, i) => [id, some[i]?.at(-1) as Uint8Array]),
        );
      }
    };
  }
  const add = adding(1);
  return (faces) => {
    for (const face of faces) {
      const id = add.get(...face) as number;
      vectors?.add(id, face.at(-1) as Buffer);
    }
  };
}
