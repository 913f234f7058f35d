import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answersFor } from "@semblant/answers/internals";
import { type LookedPicture, shelfError } from "@semblant/api";
import { Embeddings } from "@semblant/core";
import type { Library } from "@semblant/photos";
import { lookAt, pictureFormat } from "@semblant/photos/internals";

/** Larger files are no photos. */
const mostBytes = 512 * 2 ** 20;

/**
 * The faces of a picture that somebody sent. It is put aside for its reader, which is a process of its own, where only its owner can read
 * it, and is gone afterwards.
 */
export async function lookAtPicture(library: Library, file: Blob): Promise<LookedPicture> {
  if (file.size > mostBytes) {
    throw shelfError("too large", `look: expected at most 512 MiB, but the picture has ${Math.round(file.size / 2 ** 20)}.`);
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  pictureFormat(bytes); // refuses what is no picture
  const folder = await mkdtemp(join(tmpdir(), "semblant-look-"));
  try {
    const place = join(folder, "picture");
    await writeFile(place, bytes, { mode: 0o600 });
    const { picture, model } = await lookAt(library, place);
    const { width, height, remark } = picture;
    const faces = picture.faces.toSorted((a, b) => b.box.width * b.box.height - a.box.width * a.box.height);
    const values = new Float32Array(faces.length * model.dimensions);
    for (const [row, { embedding }] of faces.entries()) values.set(embedding, row * model.dimensions);
    const answers = answersFor(faces, new Embeddings(values, model.dimensions), model);
    return {
      width,
      height,
      classes: model.classes,
      faces: faces.map(({ box, score, landmarks, quality, embedding }, row) => {
        const { distribution, verdict, logDensity } = answers[row] as (typeof answers)[number];
        const most = distribution.indexOf(Math.max(...distribution));
        const expression = model.classes[most] as string;
        const probability = distribution[most] as number;
        return { box, score, landmarks, quality, embedding, distribution: [...distribution], expression, probability, verdict, logDensity };
      }),
      ...(remark !== undefined && { remark }),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
