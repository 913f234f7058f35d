import type { Random } from "@semblant/core";
import { above0, invalidOption, refuseUnknown, rules } from "@semblant/core/internals";
import { type Tensor, tensor, where } from "@semblant/torch";
import { Draws } from "./draws.ts";
import { classOfRows } from "./labels.ts";
import { declareLoss } from "./loss-declaration.ts";
import {
  batchHardTriplets,
  type Candidates,
  distanceWeightedTriplets,
  givenTriplets,
  type Mining,
  minings,
  randomTriplets,
  semiHardTriplets,
  type Triplets,
} from "./mining.ts";
import { makePairLoss, type PairLoss, type References } from "./pairs.ts";

export interface TripletOptions {
  /** By how much farther than the positive the negative is pushed, in the embedding's own units. */
  readonly margin?: number;
  /** Which triplets of the batch count: see {@link triplet}. */
  readonly mining?: Mining;
  /** Weight of the Frobenius norms of anchors, positives and negatives; the authors' code has 0.001. */
  readonly regularizer?: number;
  /** Whether distances are those of the unit sphere, or of the embeddings as they are. */
  readonly normalize?: boolean;
  /** Draws the triplets of `mining: "random"` and `"distance-weighted"`; the loss goes on from its state, which is part of `module`. */
  readonly random?: Random;
}

type Named = Omit<TripletOptions, "mining" | "random"> & { readonly mining?: Exclude<Mining, "given"> };

export default declareLoss<Named>({
  name: "triplet",
  title: "triplet loss",
  source: "Schroff, Kalenichenko and Philbin 2015; the paper's baseline",
  options: {
    margin: {
      rule: rules.orNone(rules.above0(1e-6, 1e6)),
      default: null,
      help: "How much farther than the positive the negative is pushed (1, on the sphere 0.2).",
    },
    mining: {
      rule: rules.oneOf("random", "semi-hard", "batch-hard", "distance-weighted"),
      default: "semi-hard",
      published: "random",
      help: "Which triplets count; random takes batches that are drawn as triplets.",
    },
    regularizer: {
      rule: rules.orNone(rules.from0(1e6)),
      default: null,
      published: 0.001,
      help: "Weight of the embeddings' norms (0).",
    },
    normalize: {
      rule: rules.orNone(rules.flag),
      default: null,
      before: null,
      help: "Measure on the unit sphere (false; true for distance-weighted mining).",
    },
  },
  takesMemory: true,
  takesTriplets: { mining: "random" },
  check: ({ mining, normalize }) =>
    mining === "distance-weighted" && normalize === false
      ? { option: "normalize", expected: "true or none for distance-weighted mining, whose weights are those of the sphere" }
      : undefined,
  make: ({ mining, ...options }, { random }) =>
    triplet({ ...options, random, ...(mining !== undefined && { mining: mining === "random" ? "given" : mining }) }),
});

/**
 * The paper's baseline: an anchor is to lie nearer to an image of its own class than to one of another, by a margin.
 *
 *   L = mean over triplets of max(0, ‖a − p‖ − ‖a − n‖ + margin) + regularizer · (‖A‖ + ‖P‖ + ‖N‖)
 *
 * Distances are not squared. A, P and N are the matrices of anchors, positives and negatives. Triplets are, by `mining`:
 * - `given`: the batch's thirds, as the sampler {@link triplets} draws them; what the paper's authors did;
 * - `random`: for each row one positive and one negative of the batch;
 * - `semi-hard`: for each pair the nearest negative beyond the positive, else the farthest (Schroff et al. 2015);
 * - `batch-hard`: for each row the farthest positive and the nearest negative (Hermans et al. 2017);
 * - `distance-weighted`: for each pair a negative drawn evenly over distance (Wu et al. 2017, {@link distanceWeights}).
 *
 * From 0, every triplet kept apart by the margin, without an upper end. A rotation changes nothing; nor, where nothing is
 * drawn, does the order of rows; nor a common move, or with `normalize` the length of any embedding. A collapsed batch gives
 * the margin, with no gradient: the distance of two equal points is given the gradient 0. A batch without a triplet gives 0,
 * with gradient 0. `report()` has `activeTriplets`, the share of the last call's triplets that were above 0, and `triplets`,
 * their number. Votes count for the class with most.
 *
 * @param options margin above 0 (1, on the sphere 0.2), mining ("random"), regularizer 0 or more (0), normalize (false, but
 *   true for "distance-weighted", whose weights are those of the sphere), random (needed for the two that draw)
 * @returns a {@link PairLoss}: embeddings (batch, dimensions), labels (batch) or votes (batch, C) → scalar
 * @throws OptionError if an option is out of range, or what is drawn has no generator
 * @throws DataError when called, if mining is "given" and the batch has no thirds
 *
 * @example
 * const loss = triplet({ margin: 1, mining: "batch-hard" });
 * loss(tensor([[0, 0], [3, 4], [0, 5.5]]), Int32Array.of(0, 0, 1)).item(); // 1.572949
 */
export function triplet(options: TripletOptions = {}): PairLoss {
  refuseUnknown("triplet", options, ["margin", "mining", "regularizer", "normalize", "random"]);
  const { mining = "random", regularizer = 0, random } = options;
  if (!minings.includes(mining)) throw invalidOption("triplet", "mining", `one of ${minings.join(", ")}`, mining);
  const { normalize = mining === "distance-weighted" } = options;
  const { margin = normalize ? 0.2 : 1 } = options;
  above0("triplet", "margin", margin);
  if (!(regularizer >= 0 && regularizer < Infinity)) throw invalidOption("triplet", "regularizer", "a number from 0", regularizer);
  if (mining === "distance-weighted" && !normalize) throw invalidOption("triplet", "normalize", `true for mining "${mining}"`, normalize);
  const isDrawn = mining === "random" || mining === "distance-weighted";
  if (isDrawn && random === undefined) throw invalidOption("triplet", "random", `a Random for mining "${mining}"`, random);

  const draws = isDrawn ? new Draws(random as Random) : undefined;
  let seen = { triplets: 0, activeTriplets: 0 };
  const settings = { margin, mining, regularizer, normalize };
  const parts = { name: "triplet", settings, normalized: normalize, report: () => ({ ...seen }), ...(draws && { module: draws }) };

  return makePairLoss(parts, (embeddings, classes, references) => {
    const candidates = candidatesOf(embeddings, classes, references);
    const chosen = mine(mining, candidates, embeddings.shape[1] as number, draws);
    seen = { triplets: chosen.anchors.length, activeTriplets: activeShare(chosen, candidates, margin) };
    if (seen.triplets === 0) return embeddings.sum().mul(0);
    const take = (from: Tensor, rows: Int32Array) => from.indexSelect(0, tensor(rows, { dtype: "int64", device: from.device }));
    const A = take(embeddings, chosen.anchors);
    const [P, N] = [take(references.embeddings, chosen.positives), take(references.embeddings, chosen.negatives)];
    const loss = length(A.sub(P), 1)
      .sub(length(A.sub(N), 1))
      .add(margin)
      .relu()
      .mean();
    return regularizer === 0 ? loss : loss.add(length(A).add(length(P)).add(length(N)).mul(regularizer));
  });
}

function candidatesOf(embeddings: Tensor, classes: Tensor, references: References): Candidates {
  const whole = (values: Tensor) => Int32Array.from(values.data() as Iterable<number | bigint>, Number);
  return {
    classes: classOfRows(classes),
    referenceClasses: classOfRows(references.classes),
    own: whole(references.own),
    distances: embeddings.detach().cdist(references.embeddings.detach(), 2, { exact: true }).data() as Float32Array,
  };
}

function mine(mining: Mining, candidates: Candidates, dimensions: number, draws: Draws | undefined): Triplets {
  if (mining === "given") return givenTriplets(candidates.classes.length);
  if (mining === "semi-hard") return semiHardTriplets(candidates);
  if (mining === "batch-hard") return batchHardTriplets(candidates);
  return (draws as Draws).with((random) =>
    mining === "random" ? randomTriplets(candidates, random) : distanceWeightedTriplets(candidates, dimensions, random),
  );
}

/** The share of triplets whose negative is not yet a margin farther than the positive; 0 of none. */
function activeShare({ anchors, positives, negatives }: Triplets, { distances, referenceClasses }: Candidates, margin: number): number {
  const from = (i: number, row: number) => distances[(anchors[i] as number) * referenceClasses.length + row] as number;
  const active = anchors.filter((_, i) => from(i, positives[i] as number) - from(i, negatives[i] as number) + margin > 0);
  return active.length / Math.max(1, anchors.length);
}

/** Euclidean length along a dimension (or of all), with gradient 0 where it is 0. */
function length(differences: Tensor, dimension?: number): Tensor {
  const squared = differences.square().sum(dimension);
  const above0 = squared.gt(0);
  const root = where(above0, squared, squared.detach().add(1)).sqrt();
  return root.mul(above0.to(root.dtype));
}
