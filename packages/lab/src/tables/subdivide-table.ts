import { formatTable } from "@semblant/core/internals";
import type { LevelReport } from "@semblant/training";

/**
 * What came of each level, a row each, in at most 80 columns.
 *
 * @example
 * const split = { sizes: [[30, 12], [25]], logLikelihood: -61.2, bic: 9000, bicUnsplit: 9200, repeatability: 0.91 };
 * const after = { steps: 40, loss: 0.31, neighborAccuracy: 81.24, nearestSubclassAccuracy: 80 };
 * formatLevels([{ level: 2, subclasses: 3, split, ...after }]).split("\n")[1];
 * // "2          3  12–30  0.31     81.2       80.0  -61.2      +200   0.91       –"
 */
export function formatLevels(reports: readonly LevelReport[]): string {
  const hidden = reports.some(({ hiddenNmi }) => hiddenNmi !== undefined);
  const head = ["level", "sub-classes", "sizes", "loss", "11-NN %", "near %", "ln p", "BIC", "again", "before"];
  return formatTable([
    hidden ? [...head, "hidden"] : head,
    ...reports.map(({ level, subclasses, split, loss, neighborAccuracy, nearestSubclassAccuracy, hiddenNmi }) => [
      String(level),
      String(subclasses),
      split === undefined ? none : range(split.sizes.flat()),
      loss.toPrecision(2),
      fixed(neighborAccuracy, 1),
      fixed(nearestSubclassAccuracy, 1),
      fixed(split?.logLikelihood, 1),
      split === undefined ? none : signed(Math.round(split.bicUnsplit - split.bic)),
      fixed(split?.repeatability, 2),
      fixed(split?.agreement, 2),
      ...(hidden ? [fixed(hiddenNmi, 2)] : []),
    ]),
  ]);
}

/** What the columns mean, under the table. */
export const columnsExplained = `11-NN, near: validation faces named rightly, by neighbours and by sub-class.
ln p: log-likelihood of the split per face.
BIC: gain of the split over one Gaussian per class (above 0: better).
again: agreement (adjusted Rand index) with the split from other starts.
before: agreement with the level before.`;

const none = "–";
const fixed = (value: number | undefined, digits: number) => (value === undefined ? none : value.toFixed(digits));
const range = (sizes: readonly number[]) => `${Math.min(...sizes)}–${Math.max(...sizes)}`;
const signed = (n: number) => (n >= 0 ? `+${n}` : `−${-n}`);
