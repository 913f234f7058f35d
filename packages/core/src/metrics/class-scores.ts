import type { ConfusionMatrix } from "./confusion.ts";

/** Scores of each class, from 0 to 1; NaN for a class that is neither true nor predicted anywhere. */
export interface ClassScores {
  readonly precision: Float64Array;
  readonly recall: Float64Array;
  readonly f1: Float64Array;
  /** Rows truly of the class. */
  readonly support: Int32Array;
}

/** Means over the classes, each class counting alike. */
export interface MacroScores {
  readonly precision: number;
  readonly recall: number;
  /** The mean of the classes' F1: what scikit-learn calls macro F1. */
  readonly f1: number;
  /** 2PR / (P + R) of the macro precision and recall: what the paper prints; never below `f1`. */
  readonly paperF1: number;
}

/**
 * Precision, recall and F1 of each class.
 *
 *   Pⱼ = TPⱼ / (TPⱼ + FPⱼ),   Rⱼ = TPⱼ / (TPⱼ + FNⱼ),   F1ⱼ = 2 Pⱼ Rⱼ / (Pⱼ + Rⱼ)
 *
 * From 0 to 1. Precision is the part of the rows given the class that are truly of it; recall the part of the rows truly of it that were
 * given it; F1 their harmonic mean. Where nothing was divided (a class never predicted, or never true) the score is 0, as
 * with scikit-learn's `zero_division=0`. Rows given no class lower recall and leave precision alone.
 *
 * @example
 * classScores(confusionMatrix([0, 0, 1, 1], [0, 1, 1, 1], 2)).recall; // Float64Array [0.5, 1]
 */
export function classScores({ classes, counts, unanswered }: ConfusionMatrix): ClassScores {
  const precision = new Float64Array(classes);
  const recall = new Float64Array(classes);
  const f1 = new Float64Array(classes);
  const support = new Int32Array(classes);
  for (let c = 0; c < classes; c++) {
    let truly = unanswered[c] as number;
    let given = 0;
    for (let other = 0; other < classes; other++) {
      truly += counts[c * classes + other] as number;
      given += counts[other * classes + c] as number;
    }
    const right = counts[c * classes + c] as number;
    support[c] = truly;
    const seen = truly + given > 0;
    precision[c] = seen ? ratio(right, given) : Number.NaN;
    recall[c] = seen ? ratio(right, truly) : Number.NaN;
    f1[c] = seen ? ratio(2 * right, truly + given) : Number.NaN;
  }
  return { precision, recall, f1, support };
}

/**
 * Macro precision, recall and F1, and the paper's F1.
 *
 *   P = Σⱼ Pⱼ / C,   R = Σⱼ Rⱼ / C,   macro F1 = Σⱼ F1ⱼ / C,   paper F1 = 2 P R / (P + R)
 *
 * From 0 to 1. Averaged over the C classes that are true or predicted somewhere (scikit-learn's choice of labels); a class with neither
 * is left out, and without any class all four are NaN. The paper's F1 is 0 where precision and recall both are.
 * The paper's F1 is never below the macro F1.
 * Reading 12 in paper/readings.md says how the two F1 differ.
 *
 * @param among the classes to average over, where not all that are seen: those of a test set of seven classes, measured with a network
 *   that knows eight (a row taken for the eighth still lowers its own class's recall)
 *
 * @example
 * macroScores(confusionMatrix([0, 0, 1, 1], [0, 1, 1, 1], 2)).recall; // 0.75
 */
export function macroScores(confusion: ConfusionMatrix, { among }: { among?: readonly number[] } = {}): MacroScores {
  const scores = classScores(confusion);
  const mean = (values: Float64Array) => meanOfSeen(among ? Float64Array.from(among, (c) => values[c] as number) : values);
  const precision = mean(scores.precision);
  const recall = mean(scores.recall);
  return { precision, recall, f1: mean(scores.f1), paperF1: ratio(2 * precision * recall, precision + recall) };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function meanOfSeen(values: Float64Array): number {
  const seen = values.filter((value) => !Number.isNaN(value));
  return seen.reduce((sum, value) => sum + value, 0) / seen.length;
}
