import type { SetModel } from "@semblant/answers";
import { enoughFaces, shiftOf, shiftReferenceOf } from "@semblant/answers/internals";
import { type DomainShift, Embeddings } from "@semblant/core";
import { floats } from "./float-bytes.ts";
import type { Searching } from "./search-library.ts";
import { isTurned } from "./sound-face.ts";

/** What was found last in a file, and of which faces and model. */
const known = new WeakMap<
  Searching["file"],
  { readonly first: number; readonly last: number; readonly model: SetModel; readonly shift: DomainShift | undefined }
>();

/**
 * How unlike the faces that its model learned from those of a library are, by some of its faces, evenly taken: a library of any size is
 * asked in the same time. Undefined where it has too few, or the model's card cannot say.
 */
export function shiftOfLibrary({ file, model }: Pick<Searching, "file" | "model">): DomainShift | undefined {
  if (shiftReferenceOf(model) === undefined) return undefined;
  // Each by itself is read from an end of the table; asked for together, they are looked for in all of it.
  const end = (which: "min" | "max") => file.prepare(`SELECT ${which}(id) FROM faces`).pluck().get() as number | null;
  const [first, last] = [end("min"), end("max")];
  if (first === null || last === null) return undefined;
  const before = known.get(file);
  if (before?.first === first && before.last === last && before.model === model) return before.shift;
  const shift = shiftOf(someFaces(file, { first, last, model }));
  known.set(file, { first, last, model, shift });
  return shift;
}

/** Faces from the first id to the last, evenly taken, without those that are damaged or turned. */
function someFaces(
  file: Searching["file"],
  { first, last, model }: { readonly first: number; readonly last: number; readonly model: SetModel },
) {
  const next = file.prepare(
    "SELECT f.id, f.landmarks, f.embedding FROM faces f JOIN photos p ON p.id = f.photo WHERE f.id >= ? " +
      "AND p.current = 1 ORDER BY f.id LIMIT 1",
  );
  const step = Math.max(1, (last - first + 1) / enoughFaces);
  const rows: Float32Array[] = [];
  let taken = -1;
  for (let at = first; at <= last; at += step) {
    const face = next.get(Math.ceil(at)) as { id: number; landmarks: string; embedding: Buffer } | undefined;
    if (face === undefined || face.id === taken) continue;
    taken = face.id;
    const whole = Buffer.isBuffer(face.embedding) && face.embedding.length === 4 * model.dimensions;
    if (whole && !isTurned(face.landmarks)) rows.push(floats(face.embedding));
  }
  const values = new Float32Array(rows.length * model.dimensions);
  for (const [i, row] of rows.entries()) values.set(row, i * model.dimensions);
  const faces = rows.map((_, id) => ({ id, photo: id, box: { x: 0, y: 0, width: 1, height: 1 } }));
  return { faces, embeddings: new Embeddings(values, model.dimensions), model };
}
