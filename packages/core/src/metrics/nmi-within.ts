import { refuseUnequal } from "./label-rows.ts";
import { nmi } from "./nmi.ts";

/**
 * How well groups found inside classes match the true groups inside them: {@link nmi} of found and true in each class, averaged
 * with the classes' sizes as weights; from 0 to 1.
 *
 *   Σ_c (n_c / n) · NMI(found in c, true in c)
 *
 * Unlike the NMI over all rows it gives no credit for telling the classes themselves apart. A class with one true group counts 1
 * if one group was found in it, else 0. Without rows NaN.
 *
 * @param classes (rows): the class of each row, known
 * @param found (rows): the group found for each row
 * @param truth (rows): its true group
 * @throws ShapeError if the three differ in length
 * @throws DataError if a name is not a whole number
 *
 * @example
 * nmiWithin([0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 1, 1, 2, 3, 2, 3], [7, 7, 8, 8, 5, 5, 6, 6]); // 0.5
 */
export function nmiWithin(classes: ArrayLike<number>, found: ArrayLike<number>, truth: ArrayLike<number>): number {
  refuseUnequal("nmiWithin", { classes: classes.length, found: found.length });
  refuseUnequal("nmiWithin", { classes: classes.length, truth: truth.length });
  const members = new Map<number, number[]>();
  for (let i = 0; i < classes.length; i++) {
    const rows = members.get(classes[i] as number);
    if (rows) rows.push(i);
    else members.set(classes[i] as number, [i]);
  }
  let sum = 0;
  for (const rows of members.values()) {
    const inside = (groups: ArrayLike<number>) => rows.map((i) => groups[i] as number);
    sum += rows.length * nmi(inside(found), inside(truth));
  }
  return sum / classes.length;
}
