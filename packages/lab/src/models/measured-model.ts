import { Embeddings, OptionError } from "@semblant/core";
import { type LabeledImages, rowFacts } from "@semblant/datasets";
import { type ExpressionModel, openExpressionModel } from "@semblant/faces";
import { nodeRuntime, readModel } from "@semblant/photos/internals";
import { type DataSettings, dataSettings, resolveSettings } from "@semblant/training/settings";
import { cropsOf } from "./crops.ts";

/** Images that are taken into memory at a time. */
const most = 1024;

/** An exported model, open to embed and to name the faces of data sets: what a run is, without libtorch. */
export interface MeasuredModel {
  /** As it was named: `best`, `small`, a file. */
  readonly name: string;
  readonly model: ExpressionModel;
  /**
   * The images as points of its space, with their ids and what is known of each. Their classes may be others than the model's.
   *
   * @param options `mirror`: test-time flip, the mean of each face and its flip
   */
  embed(images: LabeledImages, options?: { readonly mirror?: boolean }): Promise<Embeddings>;
  close(): Promise<void>;
}

/**
 * Opens a model to be measured.
 *
 * @param name `best`, `small`, or a file of `semblant export` or `adapt`
 * @throws DataError if there is no such model, or it is damaged
 */
export async function openMeasuredModel(
  name: string,
  { threads }: { readonly threads?: number | undefined } = {},
  progress: (text: string) => void = () => {},
): Promise<MeasuredModel> {
  const model = await openExpressionModel(await readModel(name), await nodeRuntime(threads === undefined ? {} : { threads }));
  return {
    name,
    model,
    async embed(images, { mirror = false } = {}) {
      const { images: store } = images;
      const values = new Float32Array(store.count * model.dimensions);
      for (let first = 0; first < store.count; first += most) {
        if (first > 0) progress(`embedding faces: ${first}/${store.count}`);
        const rows = Int32Array.from({ length: Math.min(most, store.count - first) }, (_, k) => first + k);
        const crops = cropsOf(images, rows);
        const X = (await model.embed(crops)).values;
        const other = mirror ? (await model.embed(mirrored(crops, store.width))).values : undefined;
        values.set(other === undefined ? X : X.map((x, k) => (x + (other[k] as number)) / 2), first * model.dimensions);
      }
      return new Embeddings(values, model.dimensions, rowFacts(images));
    },
    close: () => model.close(),
  };
}

/** Each row of pixels from right to left. */
function mirrored(crops: Uint8Array, width: number): Uint8Array {
  return crops.map((_, at) => crops[at - (at % width) + width - 1 - (at % width)] as number);
}

/**
 * The settings with which a model reads data: of its own size and channels, and with faces found where pictures are no faces.
 *
 * @param like how a run reads the same data, where it is compared with one
 */
export function dataOfModel(
  { card }: Pick<ExpressionModel, "card">,
  source: string,
  { like, overrides = [] }: { readonly like?: Partial<DataSettings> | undefined; readonly overrides?: readonly string[] } = {},
): DataSettings {
  const { size, channels } = card.input;
  const base = resolveSettings({ data: { ...like, source, size, channels: channels as 1 | 3 } }).data;
  const read = dataSettings(base, overrides);
  if (read.size === size && read.channels === channels) return read;
  throw new OptionError(
    `data: expected data.size=${size} and data.channels=${channels}, which the model takes, but got ${read.size} and ${read.channels}.`,
  );
}

/**
 * Refuses what only a run can be asked for.
 *
 * @throws OptionError if weights are named
 */
export function refuseWeights(where: string, name: string, weights: unknown): void {
  if (weights === undefined) return;
  throw new OptionError(`${where}: expected a run with --weights, but ${name} is an exported model, which has one set of weights.`);
}

/**
 * The data that a model is asked about.
 *
 * @throws OptionError if there is none: a model does not hold the faces that it was made from
 */
export function neededData(where: string, name: string, data: string | undefined, example: string): string {
  if (data !== undefined) return data;
  throw new OptionError(
    `${where}: expected data with the model ${name}, which does not hold the faces that it was made from, but got none.\n` +
      `  For instance: ${example}`,
  );
}
