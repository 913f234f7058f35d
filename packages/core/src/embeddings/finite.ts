import { DataError } from "../errors.ts";
import type { Embeddings } from "./embeddings.ts";

/** Refuses rows that hold NaN or an infinite value, naming the first. */
export function refuseNonFinite(where: string, { values, columns }: Embeddings): void {
  for (let j = 0; j < values.length; j++) {
    if (Number.isFinite(values[j])) continue;
    throw new DataError(`${where}: expected finite values, but row ${Math.floor(j / columns)} holds ${values[j]}.`);
  }
}
