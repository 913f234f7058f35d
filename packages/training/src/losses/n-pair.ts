import { invalidOption, refuseUnknown, rules } from "@semblant/core/internals";
import { tensor, normalize as toSphere } from "@semblant/torch";
import { classOfRows } from "./labels.ts";
import { type Loss, makeLoss } from "./loss.ts";
import { declareLoss } from "./loss-declaration.ts";
import { NOTHING } from "./pairs.ts";

export interface NPairOptions {
  /** Weight of the mean squared length of the embeddings, which products alone would let grow for ever. */
  readonly regularizer?: number;
  /** Whether products are cosines, or of the embeddings as they are. */
  readonly normalize?: boolean;
}

export default declareLoss<NPairOptions>({
  name: "n-pair",
  title: "N-pair loss",
  source: "Sohn 2016, N-pair-mc",
  options: {
    regularizer: {
      rule: rules.orNone(rules.from0(1e6)),
      default: null,
      published: 0.001,
      help: "Weight of the embeddings' mean squared length (0.001).",
    },
    normalize: { rule: rules.orNone(rules.flag), default: null, before: null, help: "Compare by cosines (false)." },
  },
  make: nPair,
});

/**
 * N-pair loss: of the N positives of N classes, an anchor is to choose that of its own, by inner product.
 *
 * With a pair (fᵢ, fᵢ⁺) from each of N classes,
 *
 *   L = mean over i of log( 1 + Σⱼ≠ᵢ exp(fᵢ·fⱼ⁺ − fᵢ·fᵢ⁺) ) + regularizer · mean ‖f‖²
 *
 * Sohn 2016, "Improved deep metric learning with multi-class N-pair loss objective" (N-pair-mc);
 * embeddings are not scaled to length 1 but kept short, as there. pytorch-metric-learning's NPairsLoss scales them by
 * default (`normalize`), which without a temperature leaves the loss far above 0, and takes the first pair of each class. A
 * batch with more images of a class is here as many N-pair batches as it holds: the first and second row of each class, the
 * third and fourth, and so on.
 *
 * From 0 without an upper end; log N where all embeddings are one point. A rotation changes nothing; nor does the order of
 * rows, as far as each class's own rows keep theirs. A row without a partner, or a pair without a class to compare with, has
 * no part; without any the loss is 0, with gradient 0. Votes count for the class with most.
 *
 * @param options regularizer from 0 (0.001), normalize (false)
 * @returns a {@link Loss}: embeddings (batch, dimensions), labels (batch) or votes (batch, C) → scalar
 * @throws OptionError if the regularizer is below 0
 *
 * @example
 * const loss = nPair({ regularizer: 0 });
 * loss(tensor([[1, 0], [1, 0], [0, 1], [0, 1]]), Int32Array.of(0, 0, 1, 1)).item(); // 0.313262 (log(1 + 1/e))
 */
export function nPair(options: NPairOptions = {}): Loss {
  const where = "nPair";
  refuseUnknown(where, options, ["regularizer", "normalize"]);
  const { regularizer = 0.001, normalize = false } = options;
  if (!(regularizer >= 0 && regularizer < Infinity)) throw invalidOption(where, "regularizer", "a number from 0", regularizer);

  const settings = { regularizer, normalize };
  return makeLoss({ name: where, settings, normalized: normalize }, (embeddings, labels) => {
    const { anchors, positives, turns } = pairUp(classOfRows(labels));
    if (anchors.length === 0) return embeddings.sum().mul(0);
    const index = (rows: readonly number[]) => tensor(Int32Array.from(rows), { dtype: "int64", device: embeddings.device });
    const Z = normalize ? toSphere(embeddings) : embeddings;
    const [A, P, turn] = [Z.indexSelect(0, index(anchors)), Z.indexSelect(0, index(positives)), index(turns)];
    const other = turn.unsqueeze(1).ne(turn.unsqueeze(0));
    const products = A.matmul(P.transpose(0, 1)).maskedFill(other, NOTHING); // (pairs, pairs)
    const L = products.logSoftmax(1).diagonal().mean().neg();
    return regularizer === 0
      ? L
      : L.add(
          A.square()
            .sum(1)
            .add(P.square().sum(1))
            .mean()
            .mul(regularizer / 2),
        );
  });
}

interface RowPairs {
  readonly anchors: number[];
  readonly positives: number[];
  /** Which N-pair batch each pair belongs to. */
  readonly turns: number[];
}

/** Each class's rows two by two, in their order; a turn has one pair of each class that still has one, and at least two classes. */
function pairUp(classes: Int32Array): RowPairs {
  const rowsOf = new Map<number, number[]>();
  classes.forEach((label, row) => {
    rowsOf.set(label, [...(rowsOf.get(label) ?? []), row]);
  });
  const pairs: RowPairs = { anchors: [], positives: [], turns: [] };
  for (let turn = 0; ; turn++) {
    const here = [...rowsOf.values()].filter((rows) => rows.length >= 2 * turn + 2);
    if (here.length < 2) return pairs;
    for (const rows of here) {
      pairs.anchors.push(rows[2 * turn] as number);
      pairs.positives.push(rows[2 * turn + 1] as number);
      pairs.turns.push(turn);
    }
  }
}
