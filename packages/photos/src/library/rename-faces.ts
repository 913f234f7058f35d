import type { SetModel } from "@semblant/answers";
import { answersFor } from "@semblant/answers/internals";
import { Embeddings } from "@semblant/core";
import { dialectOf } from "./dialect.ts";
import { floats } from "./float-bytes.ts";
import type { LibraryFile } from "./open-file.ts";
import { isTurned } from "./sound-face.ts";

/** Faces that are named at a time. */
const most = 1000;

interface FaceRow {
  readonly id: number;
  readonly expression: number;
  readonly landmarks: string;
  readonly embedding: Buffer;
}

/**
 * Names the faces of a library anew, by other Gaussians of the network that their embeddings are of. Rows that are damaged stay as they
 * are: a checksum that was made anew would hide the damage.
 */
export function renameFaces(file: LibraryFile, model: SetModel): void {
  const some = file.prepare(
    `SELECT id, expression, landmarks, embedding FROM faces WHERE id > ? AND ${dialectOf(file).whole("faces")} ORDER BY id LIMIT ${most}`,
  );
  const rename = file.prepare("UPDATE faces SET expression = ? WHERE id = ?");
  for (let last = 0; ; ) {
    const rows = some.all(last) as FaceRow[];
    const end = rows.at(-1);
    if (end === undefined) return;
    last = end.id;
    const sound = rows.filter(({ embedding }) => embedding.length === 4 * model.dimensions);
    const answers = answersFor(sound.map(turnedOf), embeddingsOf(sound, model.dimensions), model);
    for (const [i, { id, expression }] of sound.entries()) {
      const named = answers[i]?.predicted ?? -1;
      if (named !== expression) rename.run(named, id);
    }
  }
}

const turnedOf = ({ landmarks }: FaceRow) => (isTurned(landmarks) ? { turned: true as const } : {});

function embeddingsOf(rows: readonly FaceRow[], dimensions: number): Embeddings {
  const values = new Float32Array(rows.length * dimensions);
  for (const [i, { embedding }] of rows.entries()) values.set(floats(embedding), i * dimensions);
  return new Embeddings(values, dimensions);
}
