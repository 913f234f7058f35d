import { DataError, ShapeError } from "../errors.ts";

/** Refuses two lists, each given by its name and length, that are to have one entry per row and differ in length. */
export function refuseUnequal(where: string, lengths: Readonly<Record<string, number>>): void {
  const [[a, rows], [b, others]] = Object.entries(lengths) as [[string, number], [string, number]];
  if (rows !== others) throw new ShapeError(`${where}: ${a} has ${rows} rows but ${b} has ${others}.`);
}

interface LabelRange {
  readonly classes: number;
  /** −1 where a row may be without label (0). */
  readonly lowest?: number;
}

/** Refuses anything but whole numbers from `lowest` to `classes` − 1. */
export function refuseForeign(where: string, name: string, labels: ArrayLike<number>, range: LabelRange): void {
  const { classes, lowest = 0 } = range;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as number;
    if (Number.isInteger(label) && label >= lowest && label < classes) continue;
    throw new DataError(`${where}: expected ${name} from ${lowest} to ${classes - 1}, but row ${i} has ${label}.`);
  }
}
