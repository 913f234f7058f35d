import { invalidOption, type Random, refuseUnknown } from "@semblant/core";
import { type Tensor, tensor, where } from "@semblant/torch";
import { classOfRows } from "./labels.ts";
import { type Loss, makeLoss } from "./loss.ts";
import {
  batchHardTriplets,
  givenTriplets,
  type Mining,
  minings,
  pairwiseDistances,
  randomTriplets,
  semiHardTriplets,
  type Triplets,
} from "./mining.ts";

export interface TripletOptions {
  /** By how much farther than the positive the negative is pushed, in the embedding's own units. */
  readonly margin?: number;
  /** Which triplets of the batch count: see {@link triplet}. */
  readonly mining?: Mining;
  /** Weight of the Frobenius norms of anchors, positives and negatives; the authors' code has 0.001. */
  readonly regularizer?: number;
  /** Draws the triplets of `mining: "random"`; its state is the caller's to keep. */
  readonly random?: Random;
}

/**
 * The paper's baseline: an anchor is to lie nearer to an image of its own class than to one of another, by a margin.
 *
 * Mean over triplets of max(0, ‖a − p‖ − ‖a − n‖ + margin), distances not squared, plus
 * regularizer · (‖A‖ + ‖P‖ + ‖N‖) of the matrices of anchors, positives and negatives. Triplets are, by `mining`:
 * - `given`: the batch's thirds, as the sampler {@link triplets} draws them; what the paper's authors did;
 * - `random`: for each row one positive and one negative of the batch;
 * - `semi-hard`: for each pair the nearest negative beyond the positive, else the farthest (Schroff et al. 2015);
 * - `batch-hard`: for each row the farthest positive and the nearest negative (Hermans et al. 2017).
 *
 * From 0, every triplet kept apart by the margin, without an upper end. A collapsed batch gives the margin, with no
 * gradient: the distance of two equal points is given the gradient 0. `report()` has `activeTriplets`, the share of
 * the last call's triplets that were above 0, and `triplets`, their number. Votes count for the class with most.
 *
 * @param options margin above 0 (1), mining ("random"), regularizer 0 or more (0), random (needed for "random")
 * @returns a {@link Loss}: embeddings (batch, dimensions), labels (batch) or votes (batch, C) → scalar
 * @throws OptionError if an option is out of range, or "random" has no generator
 * @throws DataError when called, if the batch holds no triplet
 *
 * @example
 * const loss = triplet({ margin: 1, mining: "batch-hard" });
 * loss(tensor([[0, 0], [3, 4], [0, 5.5]]), Int32Array.of(0, 0, 1)).item(); // 1.572949
 */
export function triplet(options: TripletOptions = {}): Loss {
  refuseUnknown("triplet", options, ["margin", "mining", "regularizer", "random"]);
  const { margin = 1, mining = "random", regularizer = 0, random } = options;
  if (!(margin > 0 && margin < Infinity)) throw invalidOption("triplet", "margin", "a number above 0", margin);
  if (!(regularizer >= 0 && regularizer < Infinity)) throw invalidOption("triplet", "regularizer", "a number from 0", regularizer);
  if (!minings.includes(mining)) throw invalidOption("triplet", "mining", `one of ${minings.join(", ")}`, mining);
  if (mining === "random" && random === undefined) throw invalidOption("triplet", "random", 'a Random for mining "random"', random);

  let seen = { triplets: 0, activeTriplets: 0 };
  const parts = { name: "triplet", settings: { margin, mining, regularizer }, report: () => ({ ...seen }) };

  return makeLoss(parts, (embeddings, labels) => {
    const rows = embeddings.shape[0] as number;
    const distances = pairwiseDistances(embeddings.detach().data() as Float32Array, rows);
    const chosen = mine(mining, labels, rows, distances, random);
    seen = { triplets: chosen.anchors.length, activeTriplets: activeShare(chosen, distances, rows, margin) };
    const [A, P, N] = [chosen.anchors, chosen.positives, chosen.negatives].map((list) =>
      embeddings.indexSelect(0, tensor(list, { dtype: "int64", device: embeddings.device })),
    ) as [Tensor, Tensor, Tensor];
    const loss = length(A.sub(P), 1)
      .sub(length(A.sub(N), 1))
      .add(margin)
      .relu()
      .mean();
    return regularizer === 0 ? loss : loss.add(length(A).add(length(P)).add(length(N)).mul(regularizer));
  });
}

function mine(mining: Mining, labels: Tensor, rows: number, distances: Float64Array, random: Random | undefined): Triplets {
  if (mining === "given") return givenTriplets(rows);
  const classes = classOfRows(labels);
  if (mining === "semi-hard") return semiHardTriplets(classes, distances);
  if (mining === "batch-hard") return batchHardTriplets(classes, distances);
  return randomTriplets(classes, random as Random);
}

/** The share of triplets whose negative is not yet a margin farther than the positive. */
function activeShare({ anchors, positives, negatives }: Triplets, distances: Float64Array, rows: number, margin: number): number {
  const from = (i: number, row: number) => distances[(anchors[i] as number) * rows + row] as number;
  return anchors.filter((_, i) => from(i, positives[i] as number) - from(i, negatives[i] as number) + margin > 0).length / anchors.length;
}

/** Euclidean length along a dimension (or of all), with gradient 0 where it is 0. */
function length(differences: Tensor, dimension?: number): Tensor {
  const squared = differences.square().sum(dimension);
  const above0 = squared.gt(0);
  const root = where(above0, squared, squared.detach().add(1)).sqrt();
  return root.mul(above0.to(root.dtype));
}
