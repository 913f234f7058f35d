import type { Landmarks } from "@semblant/faces";

/** Numbers of a face's row that have to be numbers. */
const numbers = ["x", "y", "width", "height", "score", "side", "sharpness", "yaw", "pitch", "roll"] as const;

interface FaceValues extends Readonly<Record<(typeof numbers)[number], unknown>> {
  readonly eyes_open: unknown;
  readonly mouth_open: unknown;
  readonly landmarks: unknown;
  readonly appearance: unknown;
  readonly embedding: unknown;
}

/**
 * Where a face's row is not what a reader of faces writes, whatever its checksum says; undefined where it is. Libraries from before
 * there were checksums have nothing else to tell by.
 */
export function unsoundPart(row: FaceValues, dimensions: number): string | undefined {
  const strange = numbers.find((name) => !Number.isFinite(row[name]));
  if (strange !== undefined) return strange;
  if (![row.eyes_open, row.mouth_open].every((value) => value === null || Number.isFinite(value))) return "eyes_open or mouth_open";
  if (landmarksOf(row.landmarks) === undefined) return "landmarks";
  if (!areFloats(row.embedding) || row.embedding.length !== 4 * dimensions) return "embedding";
  return areFloats(row.appearance) ? undefined : "appearance";
}

/** Landmarks as a face's row keeps them; with them, that a face is turned and they could not right it. */
export function landmarksText({ landmarks, turned }: { readonly landmarks: Landmarks; readonly turned?: true }): string {
  return JSON.stringify(turned ? { ...landmarks, turned } : landmarks);
}

/** Whether the landmarks in a text could not right their face. */
export const isTurned = (text: string): boolean => (landmarksOf(text) as { readonly turned?: boolean } | undefined)?.turned === true;

/** The landmarks in their text; undefined if they are not there. */
export function landmarksOf(text: unknown): Landmarks | undefined {
  if (text === last.text) return last.points;
  last = { text, points: parsed(text) };
  return last.points;
}

/** A row's landmarks are looked at, then taken. */
let last: { readonly text: unknown; readonly points: Landmarks | undefined } = { text: undefined, points: undefined };

function parsed(text: unknown): Landmarks | undefined {
  try {
    const points = JSON.parse(text as string) as Landmarks;
    const all = [points.leftEye, points.rightEye, points.mouth, points.nose];
    return all.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)) ? points : undefined;
  } catch {
    return undefined;
  }
}

function areFloats(bytes: unknown): bytes is Buffer {
  if (!Buffer.isBuffer(bytes) || bytes.length % 4 !== 0) return false;
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : Buffer.from(Uint8Array.from(bytes).buffer);
  return areFinite(new Float32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4));
}

function areFinite(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}
