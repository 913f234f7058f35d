import type { NamedFaces, NamedPhoto } from "../face-sets/face-set.ts";

/** The faces of a set that have labels, one per photo. */
export interface LabelledRows {
  /** Rows of the set, in the order of the photos' paths. */
  readonly rows: readonly number[];
  /** The label of each. */
  readonly given: readonly string[];
  /** Photos that have a label. */
  readonly labeled: number;
  /** Paths of those in which no face was found. */
  readonly withoutFaces: readonly string[];
  /** Paths of those whose face is turned and could not be righted. */
  readonly turned: readonly string[];
}

/** The labelled faces of a set; of several in a photo the largest is meant. */
export function labelledRows<P extends NamedPhoto>(set: NamedFaces<P>, labelOf: (photo: P) => string | undefined): LabelledRows {
  const largest = largestFaces(set);
  const rows: number[] = [];
  const given: string[] = [];
  const turned: string[] = [];
  for (const [id, row] of largest) {
    const photo = set.photos.get(id) as P;
    const label = labelOf(photo);
    if (label === undefined) continue;
    if (set.faces[row]?.turned) {
      turned.push(photo.path);
      continue;
    }
    rows.push(row);
    given.push(label);
  }
  const labeled = [...set.photos.values()].filter((photo) => labelOf(photo) !== undefined);
  const withoutFaces = labeled
    .filter(({ id }) => !largest.has(id))
    .map(({ path }) => path)
    .sort();
  return { rows, given, labeled: labeled.length, withoutFaces, turned };
}

const splitNames = new Set(["train", "training", "validation", "valid", "val", "test"]);

/** The folder of a photo that names its class: the first, or the one below a split's. */
export function labelOfFolder({ path }: NamedPhoto): string | undefined {
  const folders = path.split("/").slice(0, -1);
  return folders[splitNames.has((folders[0] ?? "").toLowerCase()) ? 1 : 0];
}

/** Photo id to the row of its largest face, in the order of the paths. */
function largestFaces(set: NamedFaces): Map<number, number> {
  const rowOf = new Map<number, number>();
  const area = (row: number) => {
    const { box } = set.faces[row] as NamedFaces["faces"][number];
    return box.width * box.height;
  };
  for (const [row, { photo }] of set.faces.entries()) {
    const other = rowOf.get(photo);
    if (other === undefined || area(row) > area(other)) rowOf.set(photo, row);
  }
  const path = (id: number) => set.photos.get(id)?.path ?? "";
  return new Map([...rowOf].sort(([a], [b]) => (path(a) < path(b) ? -1 : 1)));
}
