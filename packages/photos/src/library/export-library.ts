import { extname } from "node:path";
import type { FaceSet } from "@semblant/answers";
import { answersFor } from "@semblant/answers/internals";
import { Embeddings, OptionError } from "@semblant/core";
import { csvField, show } from "@semblant/core/internals";
import { writeEmbeddings } from "@semblant/files";
import { writeUnlessEdited, writeWhole } from "@semblant/files/internals";
import type { CorrectionRecord } from "./corrections.ts";

/** The endings that {@link exportLibrary} knows. */
export const exportEndings = [".json", ".csv", ".npy", ".parquet", ".tsv"] as const;

/**
 * Writes a library's faces in the format that the file's ending names: JSON holds everything but the appearances, CSV one line per face
 * for a spreadsheet, NPY, TSV and Parquet the embeddings for other programs.
 *
 * @returns the files written
 * @throws OptionError if the ending is none of {@link exportEndings}
 * @throws DataError if a CSV is there with other words, which a person may have edited
 */
export async function exportLibrary(path: string, set: FaceSet, corrections: readonly CorrectionRecord[]): Promise<string[]> {
  const ending = checkExportEnding(path);
  if (ending === ".json") await writeWhole(path, json(set, corrections));
  else if (ending === ".csv") await writeUnlessEdited(path, csv(set));
  else return writeEmbeddings(path, labelled(set));
  return [path];
}

/** The file's ending, before any work goes into it. */
export function checkExportEnding(path: string): (typeof exportEndings)[number] {
  const ending = exportEndings.find((known) => known === extname(path).toLowerCase());
  if (ending !== undefined) return ending;
  throw new OptionError(
    `library export: expected --out to end in ${exportEndings.slice(0, -1).join(", ")} or .tsv, but got ${show(path)}.`,
  );
}

function json({ faces, embeddings, photos, model }: FaceSet, corrections: readonly CorrectionRecord[]): string {
  const answers = answersFor(faces, embeddings, model);
  const content = {
    model: model.card,
    classes: model.classes,
    photos: [...photos.values()].map((photo) => ({ ...photo, perceptualHash: photo.perceptualHash.toString(16).padStart(16, "0") })),
    faces: faces.map((face, i) => ({
      ...face,
      appearance: undefined,
      verdict: answers[i]?.verdict,
      distribution: Array.from(answers[i]?.distribution ?? []),
      embedding: Array.from(embeddings.row(i)),
    })),
    corrections,
  };
  return `${JSON.stringify(content)}\n`;
}

function csv({ faces, embeddings, photos, model }: FaceSet): string {
  const answers = answersFor(faces, embeddings, model);
  const head = [
    "face",
    "path",
    "taken",
    "x",
    "y",
    "width",
    "height",
    "side",
    "sharpness",
    "yaw",
    "label",
    "expression",
    "verdict",
    ...model.classes,
  ];
  const lines = faces.map((face, i) => {
    const photo = photos.get(face.photo);
    const { box, quality, label = "" } = face;
    const answer = answers[i];
    const taken = photo?.taken === undefined ? "" : new Date(photo.taken).toISOString();
    const named = answer === undefined || answer.predicted < 0 ? "" : (model.classes[answer.predicted] as string);
    const measured = [box.x, box.y, box.width, box.height, quality.side, quality.sharpness, quality.yaw].map((value) =>
      Number(value.toFixed(3)),
    );
    const shares = Array.from(answer?.distribution ?? [], (share) => Number(share.toFixed(4)));
    return [face.id, photo?.path ?? "", taken, ...measured, label, named, answer?.verdict ?? "", ...shares];
  });
  return `${[head, ...lines].map((line) => line.map(csvField).join(",")).join("\n")}\n`;
}

/** The embeddings with a name for each face: its class, or why it has none: unsure, none of these, turned. */
function labelled({ faces, embeddings, photos, model }: FaceSet): Embeddings {
  const answers = answersFor(faces, embeddings, model);
  const ids = faces.map((face) => `${photos.get(face.photo)?.path}#${face.id}`);
  const names = answers.map(({ predicted, verdict }, i) => {
    const corrected = model.classes.find((name) => name === faces[i]?.label);
    return corrected ?? (predicted < 0 ? verdict : (model.classes[predicted] as string));
  });
  const classes = [...model.classes, ...["unsure", "none of these", "turned"].filter((verdict) => names.includes(verdict))];
  const labels = Int32Array.from(names, (name) => classes.indexOf(name));
  return new Embeddings(embeddings.values, embeddings.columns, { ids, labels, classes });
}
