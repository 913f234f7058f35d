import { ask } from "../../../client/api.ts";
import type { PointIndex } from "../plane/point-index.ts";
import { boundsOfView, type Size, type View } from "../plane/view.ts";

/** Side of a face on the map, in pixels of the page. */
export const THUMBNAIL = 44;
/** Faces shown at most, kept at most, and asked for at once. */
const SHOWN = 300;
const KEPT = 900;
const AT_ONCE = 6;
/** Rows looked at for those to show. */
const LOOKED_AT = 20_000;

/**
 * Rows whose faces stand free of each other in a view. Which row wins depends on the map and the scale alone: moving the map exchanges
 * no faces.
 */
export function freeRows(
  positions: Float32Array,
  index: PointIndex,
  { view, size }: { readonly view: View; readonly size: Size },
  isShown: (row: number) => boolean,
): number[] {
  const apart = (THUMBNAIL + 6) / view.scale;
  const taken = new Map<string, number>();
  const rows: number[] = [];
  const { left, right, bottom, top } = boundsOfView(view, size);
  const candidates: number[] = [];
  index.eachIn({ left, right, bottom, top }, (row) => {
    if (isShown(row)) candidates.push(row);
    return candidates.length >= LOOKED_AT;
  });
  candidates.sort((a, b) => a - b);
  for (const row of candidates) {
    const [x, y] = [positions[2 * row] as number, positions[2 * row + 1] as number];
    const [column, line] = [Math.floor(x / apart), Math.floor(y / apart)];
    let isFree = true;
    for (let i = 0; i < 9 && isFree; i++) {
      const other = taken.get(`${column - 1 + (i % 3)},${line - 1 + Math.floor(i / 3)}`);
      if (other === undefined) continue;
      isFree = Math.abs((positions[2 * other] as number) - x) >= apart || Math.abs((positions[2 * other + 1] as number) - y) >= apart;
    }
    if (!isFree) continue;
    taken.set(`${column},${line}`, row);
    rows.push(row);
    if (rows.length >= SHOWN) break;
  }
  return rows;
}

/** Pictures of faces, fetched as they are wanted. */
export class FacePictures {
  readonly #pictures = new Map<number, ImageBitmap | undefined>();
  #wanted: number[] = [];
  #underway = 0;
  #over = false;
  readonly #onPicture: () => void;

  constructor(onPicture: () => void) {
    this.#onPicture = onPicture;
  }

  /** The pictures of these faces are wanted now, and no others. */
  want(faces: readonly number[]): void {
    this.#wanted = faces.filter((face) => !this.#pictures.has(face));
    this.#next();
  }

  of(face: number): ImageBitmap | undefined {
    return this.#pictures.get(face);
  }

  close(): void {
    this.#over = true;
    for (const picture of this.#pictures.values()) picture?.close();
    this.#pictures.clear();
  }

  #next(): void {
    while (this.#underway < AT_ONCE && !this.#over) {
      const face = this.#wanted.shift();
      if (face === undefined) return;
      this.#pictures.set(face, undefined); // one that cannot be had is not asked for again
      this.#underway += 1;
      void this.#load(face).finally(() => {
        this.#underway -= 1;
        this.#next();
      });
    }
  }

  async #load(face: number): Promise<void> {
    try {
      const blob = await (await ask(`/faces/${face}/thumbnail`)).blob();
      const picture = await createImageBitmap(blob, { resizeWidth: 2 * THUMBNAIL, resizeHeight: 2 * THUMBNAIL, resizeQuality: "medium" });
      if (this.#over) return picture.close();
      this.#pictures.set(face, picture);
      for (const [old, before] of this.#pictures) {
        if (this.#pictures.size <= KEPT) break;
        before?.close();
        this.#pictures.delete(old);
      }
      this.#onPicture();
    } catch {
      // Its point stays a point.
    }
  }
}
