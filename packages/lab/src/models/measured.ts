import { bootstrap, type Embeddings, type Evaluation, type Metrics, Random } from "@semblant/core";
import { metricsOf, rangeOfMetric, takeOutcomes } from "@semblant/core/internals";
import { type Dataset, findTwins, type LabeledImages } from "@semblant/datasets";

/** A run or a model measured on a split, all that a table or a report shows of it. */
export interface MeasuredSpace {
  /** As it was named. */
  readonly run: string;
  readonly dataset: {
    readonly name: string;
    readonly labels: string;
    readonly split: "test" | "validation" | "all";
    readonly n: number;
    /** Where faces were looked for: in how many pictures, in which there was none, and whether these were kept, whole. */
    readonly faces?: NonNullable<Dataset["faces"]>;
    /** Where the faces are queries: those of the gallery that they look in, and how many are in both. */
    readonly against?: { readonly gallery: number; readonly both: number };
  };
  /** Whose faces voted, where they are of another set than the measured one. */
  readonly gallery?: { readonly name: string; readonly labels: string; readonly n: number };
  readonly evaluation: Evaluation;
  /** False where queries have labels that were not learned, by which they are measured. */
  readonly known?: false;
  /** Test faces that also stand in the training data, and the metrics of the others; absent where there are none. */
  readonly twins?: { readonly count: number; readonly n: number; readonly metrics: Metrics };
  readonly embeddings: { readonly train: Embeddings; readonly test: Embeddings };
  /** How many of each face's nearest were asked for. */
  readonly nearest?: number;
  readonly images: { readonly train: LabeledImages; readonly test: LabeledImages };
}

/** The same answers, counted over the faces that are no twins. */
export function measureWithoutTwins(data: Parameters<typeof findTwins>[0], evaluation: Evaluation): MeasuredSpace["twins"] {
  const { rows, others } = findTwins(data);
  if (rows.length === 0 || others.length === 0) return undefined;
  const { outcomes, settings } = evaluation;
  const metrics = bootstrap(
    others.length,
    (drawn) =>
      metricsOf(
        takeOutcomes(
          outcomes,
          drawn.map((i) => others[i] as number),
        ),
      ),
    {
      resamples: settings.bootstrap,
      random: new Random(settings.seed).fork("bootstrap"),
      range: rangeOfMetric,
    },
  );
  return { count: rows.length, n: others.length, metrics: metrics as Metrics };
}
