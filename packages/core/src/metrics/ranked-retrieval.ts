import { squaredDistance } from "../embeddings/distances.ts";
import type { Embeddings } from "../embeddings/embeddings.ts";
import { DataError, refuseUnknown } from "../errors.ts";
import { type Compared, compared, type NotCompared } from "../retrieval/compared.ts";
import { meanOfKnown } from "./mean.ts";
import { QueryRanking } from "./query-ranking.ts";
import { relevantRows } from "./relevant.ts";

/** How early the rows of their class come, when queries rank the whole gallery; means over the queries, from 0 to 1. */
export interface RankedRetrieval {
  /** MAP@R: mean average precision at R. */
  readonly mapAtR: number;
  /** Mean R-precision. */
  readonly rPrecision: number;
  /** Mean reciprocal rank. */
  readonly mrr: number;
  /** The same of each query. */
  readonly each: RankedQueries;
}

/** (queries) each; NaN where R is 0. */
export interface RankedQueries {
  /** R: gallery rows of the query's class that it may find. */
  readonly relevant: Int32Array;
  readonly averagePrecision: Float64Array;
  readonly rPrecision: Float64Array;
  readonly reciprocalRank: Float64Array;
}

/** Squared distances held at a time: 8 MiB. */
const HELD = 1_048_576;

/**
 * MAP@R, R-precision and mean reciprocal rank: each query ranks the whole gallery by Euclidean distance. From 0 to 1.
 *
 *   R = gallery rows of q's class,   R-precision = Σ_q (those of the R nearest to q that have q's class) / R / queries
 *
 *   MAP@R = Σ_q Σᵢ₌₁ᴿ P(i) [the i-th nearest has q's class] / R / queries,   P(i) = those of the i nearest with q's class / i
 *
 *   MRR = Σ_q 1 / (rank of the nearest row with q's class) / queries
 *
 * At 1 all rows of the class come before all others. MAP@R is never above R-precision: it asks for the order, too. Nothing is cut off,
 * however many rows a class has. Of rows equally far, the smaller row number comes first, as {@link findNeighbors} has it, which also says
 * what `excludeSelf`, `itself` and `leaveOut` keep from being found; such rows do not count in R. A query with R = 0 is left out of the
 * means; NaN when no query is left. A query that holds NaN finds nothing, which counts as 0. Musgrave et al. 2020, section 2.5.
 *
 * The exact ranks of 25,000 rows of 64 among each other take one to two minutes on one core, those of 3,137 a second.
 *
 * @param queries embeddings with labels
 * @param gallery embeddings with labels, into the same classes
 * @throws DataError if labels are missing, or the two name their classes differently
 * @throws ShapeError if queries and gallery differ in columns, or in rows with `excludeSelf`, or `itself` names no row
 * @throws OptionError if an option is unknown or out of range
 *
 * @example
 * const X = new Embeddings(Float32Array.of(0, 1, 2.5, 4, 6), 1, { labels: Int32Array.of(0, 1, 0, 1, 1) });
 * const { rPrecision, each } = rankedRetrieval(X, X, { excludeSelf: true });
 * rPrecision; // 0.2
 * each.relevant; // Int32Array [1, 2, 1, 2, 2]
 * each.averagePrecision; // Float64Array [0, 0, 0, 0.25, 0.5]
 */
export function rankedRetrieval(queries: Embeddings, gallery: Embeddings, options: NotCompared = {}): RankedRetrieval {
  const where = "rankedRetrieval";
  refuseUnknown(where, options, ["excludeSelf", "itself", "leaveOut"]);
  const labels = { queries: labelsOf(where, "queries", queries), gallery: labelsOf(where, "gallery", gallery) };
  if (queries.classes && gallery.classes && queries.classes.join("\n") !== gallery.classes.join("\n")) {
    throw new DataError(
      `${where}: expected queries and gallery to have the same classes, but got ` +
        `${queries.classes.join(", ")} and ${gallery.classes.join(", ")}.`,
    );
  }
  const ready = compared(where, queries, gallery, options);
  const { excludeSelf: excludesSelf = false, itself } = options;
  const relevant = relevantRows({ queries: queries.rows, excludesSelf, itself, apart: ready.apart }, labels.queries, labels.gallery);

  const score = () => new Float64Array(queries.rows).fill(Number.NaN);
  const each = { relevant, averagePrecision: score(), rPrecision: score(), reciprocalRank: score() };
  const ranking = new QueryRanking(labels.gallery);
  for (const { query, squares } of distancesOf(ready, queries.rows, gallery)) {
    if ((relevant[query] as number) === 0) continue;
    const found = ranking.score(squares, labels.queries[query] as number, relevant[query] as number);
    each.averagePrecision[query] = found.averagePrecision;
    each.rPrecision[query] = found.rPrecision;
    each.reciprocalRank[query] = found.reciprocalRank;
  }
  return {
    mapAtR: meanOfKnown(each.averagePrecision),
    rPrecision: meanOfKnown(each.rPrecision),
    mrr: meanOfKnown(each.reciprocalRank),
    each,
  };
}

/** Squared distances of one query after the other to every gallery row, in the same place; infinite to what it may not find. */
function* distancesOf(ready: Compared, rows: number, gallery: Embeddings): Generator<{ query: number; squares: Float64Array }> {
  const N = gallery.rows;
  const { columns } = gallery;
  const together = Math.max(1, Math.min(rows, Math.floor(HELD / Math.max(1, N))));
  const held = new Float64Array(together * N);
  const Q = ready.widenQueries();
  for (let first = 0; first < rows; first += together) {
    const end = Math.min(rows, first + together);
    for (const block of ready.blocks()) {
      for (let query = first; query < end; query++) {
        const at = (query - first) * N + block.first;
        for (let j = 0; j < block.rows; j++) {
          const square = squaredDistance(Q, query, block.values, j, columns);
          held[at + j] = square >= 0 ? square : Infinity; // NaN is never found
        }
      }
    }
    for (let query = first; query < end; query++) {
      const squares = held.subarray((query - first) * N, (query - first + 1) * N);
      keepApart(ready, query, squares);
      yield { query, squares };
    }
  }
}

function keepApart({ apart, ownRow }: Compared, query: number, squares: Float64Array): void {
  const self = ownRow(query);
  if (self >= 0) squares[self] = Infinity;
  const own = apart?.queries[query] ?? -1;
  if (apart === undefined || own < 0) return;
  for (let j = 0; j < squares.length; j++) if (apart.gallery[j] === own) squares[j] = Infinity;
}

function labelsOf(where: string, name: string, { labels }: Embeddings): Int32Array {
  if (labels !== undefined) return labels;
  throw new DataError(`${where}: expected ${name} to have labels, but got none.`);
}
