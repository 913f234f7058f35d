import { DataError, ShapeError } from "../errors.ts";

/** Refuses two lists that are to have one entry a row, when they differ in length. */
export function refuseUnequal(where: string, a: string, rows: number, b: string, others: number): void {
  if (rows !== others) throw new ShapeError(`${where}: ${a} has ${rows} rows but ${b} has ${others}.`);
}

/** Refuses anything but whole numbers from `lowest` to `classes` − 1. */
export function refuseForeign(where: string, name: string, labels: ArrayLike<number>, classes: number, lowest = 0): void {
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as number;
    if (Number.isInteger(label) && label >= lowest && label < classes) continue;
    throw new DataError(`${where}: expected ${name} from ${lowest} to ${classes - 1}, but row ${i} has ${label}.`);
  }
}
