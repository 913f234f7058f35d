import { type Embeddings, OptionError, ShapeError } from "@semblant/core";
import { invalidOption, refuseUnknown } from "@semblant/core/internals";

/** What a search knows of what is wanted. */
export interface QueryFeedback {
  /** (dimensions): where the search begins; left out, it begins at the liked. */
  readonly query?: Float32Array;
  /** (faces, dimensions): more like these. */
  readonly liked?: Embeddings;
  /** (faces, dimensions): less like these. */
  readonly unliked?: Embeddings;
}

export interface RefineQueryOptions {
  /** How much the query, the mean of the liked and the mean of the unliked count (1, 0.75 and 0.5). */
  readonly weights?: { readonly query: number; readonly liked: number; readonly unliked: number };
}

/**
 * A query moved towards what was liked and away from what was not: (α q + β m₊ − γ m₋) / (α + β − γ), where m₊ and m₋ are means. What is
 * not given counts 0. The weights are divided by their sum, since distances are Euclidean here: moving the whole space moves the query
 * as far, and one that agrees with what was liked stays where it is.
 *
 * @returns (dimensions): an embedding to search by
 * @throws OptionError if there is neither a query nor a liked face, or the weights leave nothing of what is wanted
 * @throws ShapeError if their dimensions differ
 *
 * Source: J. J. Rocchio, "Relevance feedback in information retrieval", in: The SMART Retrieval System, 1971. There γ is as β; of what
 * came after, γ below β is usual (Manning, Raghavan and Schütze, Introduction to Information Retrieval, 9.1.1).
 *
 * @example
 * const liked = new Embeddings(Float32Array.of(1, 0, 3, 0), 2);
 * refineQuery({ query: Float32Array.of(0, 0), liked }, { weights: { query: 1, liked: 1, unliked: 0.5 } }); // Float32Array [1, 0]
 */
export function refineQuery({ query, liked, unliked }: QueryFeedback, options: RefineQueryOptions = {}): Float32Array {
  refuseUnknown("refineQuery", options, ["weights"]);
  const { weights = { query: 1, liked: 0.75, unliked: 0.5 } } = options;
  refuseUnknown("refineQuery", weights, ["query", "liked", "unliked"]);
  for (const [name, value] of Object.entries(weights)) {
    if (!(value >= 0 && value < Infinity)) throw invalidOption("refineQuery", `weights.${name}`, "a number from 0", value);
  }
  const parts: { readonly weight: number; readonly at: ArrayLike<number> }[] = [
    ...(query === undefined ? [] : [{ weight: weights.query, at: query }]),
    ...(liked === undefined || liked.rows === 0 ? [] : [{ weight: weights.liked, at: meanOf(liked) }]),
  ];
  const wanted = parts.reduce((sum, { weight }) => sum + weight, 0);
  if (parts.length === 0) throw new OptionError("refineQuery: expected a query or a liked face, but got neither.");
  if (unliked !== undefined && unliked.rows > 0) {
    // Alone, what was liked counts less than it does beside a query: what was not must never outweigh it.
    parts.push({ weight: -Math.min(weights.unliked, wanted / 2), at: meanOf(unliked) });
  }
  const sum = parts.reduce((all, { weight }) => all + weight, 0);
  if (!(sum > 0)) throw invalidOption("refineQuery", "weights", "above 0 for what is wanted", weights);
  const refined = new Float32Array((parts[0] as (typeof parts)[number]).at.length);
  for (const { weight, at } of parts) {
    if (at.length !== refined.length) {
      throw new ShapeError(`refineQuery: expected faces of ${refined.length} dimensions, but got ${at.length}.`);
    }
    for (let d = 0; d < refined.length; d++) refined[d] = (refined[d] as number) + (weight / sum) * (at[d] as number);
  }
  return refined;
}

/** (columns): the mean of the rows. */
function meanOf({ values, rows, columns }: Embeddings): Float64Array {
  const mean = new Float64Array(columns);
  for (let i = 0; i < values.length; i++) mean[i % columns] = (mean[i % columns] as number) + (values[i] as number) / rows;
  return mean;
}
