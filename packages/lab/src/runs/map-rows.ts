import { DataError, type Embeddings, Random } from "@semblant/core";
import { invalidOption, refuseUnknown } from "@semblant/core/internals";
import { checkLayOut, type LaidOut, type LayOutOptions, layOut } from "./lay-out.ts";

export interface MapRowsOptions extends Omit<LayOutOptions, "thumbnails"> {
  /** Most rows on the map, drawn at random; by default all. */
  readonly sample?: number;
  readonly seed?: number;
}

/** Rows of embeddings on a map. */
export interface MappedRows extends LaidOut {
  /** What is on the map: the sample, where one was drawn. */
  readonly embeddings: Embeddings;
}

const optionNames = ["sample", "perplexity", "width", "title", "seed", "signal"] as const;

/**
 * Lays rows of embeddings, whatever they are of, out by t-SNE and draws them, in their classes' colours where they have labels.
 *
 * @throws OptionError if an option is out of range or unknown
 * @throws DataError if there are fewer than 4 rows
 */
export async function mapRows(
  X: Embeddings,
  options: MapRowsOptions = {},
  progress: (text: string) => void = () => {},
): Promise<MappedRows> {
  refuseUnknown("drawMap", options, optionNames);
  const { sample, seed = 0, ...drawing } = options;
  if (sample !== undefined && !(Number.isInteger(sample) && sample >= 4))
    throw invalidOption("drawMap", "sample", "a whole number of at least 4", sample);
  if (X.rows < 4) throw new DataError(`map: expected at least 4 rows, but got ${X.rows}.`);
  const random = new Random(seed);
  const drawn = random.fork("sample");
  const embeddings = sample === undefined || sample >= X.rows ? X : X.take(drawn.permutation(X.rows).slice(0, sample).sort());
  checkLayOut(drawing, embeddings.rows);
  return { embeddings, ...(await layOut(embeddings, { noun: "rows", random }, drawing, progress)) };
}
