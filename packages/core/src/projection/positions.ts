import { DataError, ShapeError } from "../errors.ts";

/** Refuses positions that are not (rows, columns) finite numbers. */
export function refuseUnusablePositions(
  where: string,
  name: string,
  positions: Float64Array,
  { rows, columns }: { readonly rows: number; readonly columns: number },
): void {
  if (positions.length !== rows * columns) {
    throw new ShapeError(`${where}: expected ${name} to hold ${rows} rows of ${columns} numbers, but got ${positions.length} numbers.`);
  }
  const bad = positions.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return;
  throw new DataError(`${where}: expected finite positions, but row ${Math.floor(bad / columns)} of ${name} holds ${positions[bad]}.`);
}
