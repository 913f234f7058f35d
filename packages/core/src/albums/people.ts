import { clustersWithin } from "../clustering/clusters-within.ts";
import { linkRows } from "../clustering/links.ts";
import { squaredDistance } from "../embeddings/distances.ts";
import { Embeddings } from "../embeddings/embeddings.ts";
import { DataError } from "../errors.ts";
import { pca } from "../projection/pca.ts";
import { Random } from "../random.ts";
import type { FaceRow } from "./face-row.ts";

/** Who may be who, by the colours of head and shoulders. */
export interface People {
  /** (faces): the group of faces that may be of one person. */
  readonly groups: Int32Array;
  /** Of two faces, 0 to 1: at least a half in one group, and at most a half in two; the nearer the colours, the more. */
  alike(a: number, b: number): number;
}

/** Components of the appearances that are kept. */
const COMPONENTS = 24;
/** Faces that the components are taken from at most; all are placed on them. */
const LOOKED_AT = 20_000;
/** Pairs that widths are estimated from at most. */
const PAIRS = 4000;

/**
 * Groups faces that may be of one person, by appearance alone. Nothing here knows who is who: a person in other clothes or light is
 * another one, and two in like clothes and light may be one.
 *
 * Appearances are compared on their first components, each divided by the square root of its deviation: the first ones are light and
 * ground, and who is who is rather in those after them. How far apart different people are is learned from faces that share a photo,
 * which are different people for certain and never in one group: at the distance within which a tenth of such pairs lie, likeness is e⁻².
 * Where there are fewer than 20 such pairs, it is e⁻² at the median distance of any two faces. Faces are grouped by average linkage, up
 * to half of that squared distance.
 *
 * @returns undefined where faces come without appearances
 * @throws DataError if some do, and some do not
 */
export function peopleOf(faces: readonly FaceRow[]): People | undefined {
  const length = faces[0]?.appearance?.length ?? 0;
  if (length === 0) return undefined;
  const other = faces.findIndex(({ appearance }) => appearance?.length !== length);
  if (other >= 0) {
    throw new DataError(
      `summarizeRows: expected appearances of ${length} numbers, but face ${other} has ${faces[other]?.appearance?.length ?? 0}.`,
    );
  }
  const columns = Math.min(COMPONENTS, length, faces.length);
  const points = onComponents(faces, length, columns);
  const apart = pairsOfOnePhoto(faces);
  const known = apart.length >= 20;
  const between = ([a, b]: readonly [number, number]) => squaredDistance(points, a, points, b, columns);
  const squares = (known ? apart : pairsOfAny(faces.length)).map(between).sort((x, y) => x - y);
  const near = squares[Math.floor(squares.length / (known ? 10 : 2))] ?? 0;
  const width = near > 0 ? near / 2 : Number.MIN_VALUE;
  const linked = linkRows(faces.length, { apart });
  const groups = clustersWithin(new Embeddings(Float32Array.from(points), columns), width, { linked, random: new Random(0) });
  return {
    groups,
    alike: (a, b) => (groups[a] === groups[b] ? 0.5 : 0) + 0.5 * Math.exp(-between([a, b]) / width),
  };
}

/** (faces, columns): appearances on their first components, each divided by the square root of its deviation. */
function onComponents(faces: readonly FaceRow[], length: number, columns: number): Float64Array {
  const looked = faces.length <= LOOKED_AT ? faces : evenly(faces, LOOKED_AT);
  const values = new Float32Array(looked.length * length);
  for (const [a, { appearance }] of looked.entries()) values.set(appearance as ArrayLike<number>, a * length);
  const { positions, variance, components, mean } = pca(new Embeddings(values, length), columns);
  const scales = Float64Array.from(variance, (value) => (value > 1e-9 * (variance[0] as number) ? value ** -0.25 : 0));
  if (looked === faces) return Float64Array.from(positions, (value, i) => value * (scales[i % columns] as number));
  const points = new Float64Array(faces.length * columns);
  for (const [a, { appearance }] of faces.entries()) {
    for (let c = 0; c < columns; c++) {
      let sum = 0;
      for (let d = 0; d < length; d++) {
        sum += ((appearance as ArrayLike<number>)[d] as number) * (components[c * length + d] as number);
        sum -= (mean[d] as number) * (components[c * length + d] as number);
      }
      points[a * columns + c] = sum * (scales[c] as number);
    }
  }
  return points;
}

function evenly<T>(list: readonly T[], count: number): T[] {
  return Array.from({ length: count }, (_, i) => list[Math.floor((i * list.length) / count)] as T);
}

function pairsOfOnePhoto(faces: readonly FaceRow[]): [number, number][] {
  const byPhoto = new Map<number, number[]>();
  const pairs: [number, number][] = [];
  for (const [b, { photo }] of faces.entries()) {
    const others = byPhoto.get(photo) ?? [];
    for (const a of others) if (pairs.length < PAIRS) pairs.push([a, b]);
    byPhoto.set(photo, [...others, b]);
  }
  return pairs;
}

/** Pairs at steps from one to all but one, evenly: faces that follow each other are often of one person. */
function pairsOfAny(count: number): [number, number][] {
  const each = Math.min(count - 1, Math.max(1, Math.floor(PAIRS / count)));
  return Array.from({ length: each }, (_, j) => 1 + Math.floor(((j + 0.5) * (count - 1)) / each)).flatMap((step) =>
    Array.from({ length: count }, (_, a): [number, number] => [a, (a + step) % count]),
  );
}
