/** A face of a shot, as far as it tells whether another shot shows the same people. */
export interface FaceOfShot {
  /** Its box, in parts of the picture's width and height. */
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** A coarse picture of head and shoulders, 0 to 1, as many numbers for every face. */
  readonly appearance: ArrayLike<number>;
}

/** Root mean squared difference of appearances up to which two faces may be one person's in one place (photos of known people). */
const alike = 0.08;
/** The same of copies of one picture, whose faces are where they were. */
const copied = 0.06;
/** Overlap from which on a face is where one of a copy is: area shared by area of both. */
const inPlace = 0.4;
/** The largest faces that are compared. */
const compared = 3;

/**
 * Whether the faces of two shots may be the same people's: each of the largest of the shot with fewer faces looks like one of the other.
 * True where a shot has no faces, or they are not known: then there is nothing to tell by.
 *
 * @param asCopies whether each has to be where the other is, too, and more alike
 */
export function samePeople(
  a: readonly FaceOfShot[] | undefined,
  b: readonly FaceOfShot[] | undefined,
  { asCopies }: { readonly asCopies: boolean },
): boolean {
  if (a === undefined || b === undefined || a.length === 0 || b.length === 0) return true;
  const [fewer, more] = a.length <= b.length ? [a, b] : [b, a];
  const area = ({ box }: FaceOfShot) => box.width * box.height;
  const largest = [...fewer].sort((one, other) => area(other) - area(one)).slice(0, compared);
  return largest.every((face) =>
    more.some(
      (other) => differenceOf(face, other) <= (asCopies ? copied : alike) && (!asCopies || overlapOf(face.box, other.box) >= inPlace),
    ),
  );
}

function differenceOf({ appearance: a }: FaceOfShot, { appearance: b }: FaceOfShot): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] as number) - (b[i] as number)) ** 2;
  return a.length === b.length && a.length > 0 ? Math.sqrt(sum / a.length) : Infinity;
}

function overlapOf(a: FaceOfShot["box"], b: FaceOfShot["box"]): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  const shared = Math.max(0, width) * Math.max(0, height);
  return shared === 0 ? 0 : shared / (a.width * a.height + b.width * b.height - shared);
}
