import type { Embeddings } from "../embeddings/embeddings.ts";
import { findNeighbors } from "../retrieval/neighbors.ts";
import { refuseUnequal } from "./label-rows.ts";

/** How much an embedding tells of who somebody is. */
export interface IdentityLeak {
  /** The part of rows whose nearest other row is of the same person, from 0 to 1. */
  readonly share: number;
  /** The same if the nearest were drawn at random. */
  readonly chance: number;
}

/**
 * How often the row nearest to a row is of the same person: what a space of expressions should not know, and does a little.
 *
 *   share = Σᵢ [the row nearest to i is of i's person] / n,   chance = Σᵢ (nₚ − 1) / (n − 1) / n
 *
 * nₚ is the number of rows of i's person. From 0 to 1: at `chance` it knows nothing of identity, at 1 it is as good as a space made
 * for recognising people. NaN for fewer than two rows.
 *
 * @param people (rows): who is in each row, any whole numbers
 * @throws ShapeError if people differ from the rows in number
 *
 * @example
 * const X = new Embeddings(Float32Array.of(0, 1, 10, 11), 1);
 * identityLeak(X, [7, 7, 8, 9]); // { share: 0.5, chance: 0.16666666666666666 }
 */
export function identityLeak(X: Embeddings, people: ArrayLike<number>): IdentityLeak {
  refuseUnequal("identityLeak", { X: X.rows, people: people.length });
  if (X.rows < 2) return { share: Number.NaN, chance: Number.NaN };
  const { rows } = findNeighbors(X, X, { k: 1, excludeSelf: true, leaveOut: "nothing" });
  const sizes = new Map<number, number>();
  for (let i = 0; i < X.rows; i++) sizes.set(people[i] as number, (sizes.get(people[i] as number) ?? 0) + 1);
  let same = 0;
  let chance = 0;
  for (let i = 0; i < X.rows; i++) {
    const nearest = rows[i] as number;
    if (nearest >= 0 && people[nearest] === people[i]) same++;
    chance += ((sizes.get(people[i] as number) as number) - 1) / (X.rows - 1);
  }
  return { share: same / X.rows, chance: chance / X.rows };
}
