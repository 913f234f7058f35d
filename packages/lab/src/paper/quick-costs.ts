import { generatedFaces, valuesOf } from "@semblant/datasets";
import type { Settings } from "@semblant/training/settings";
import { openData } from "../data/open-data.ts";
import type { Trains } from "./finding.ts";
import type { QuickCosts } from "./quick-budget.ts";
import { timeMeasuring } from "./time-measuring.ts";

/** Bootstrap draws behind an interval: fewer than a thousand, since there are fifteen runs to measure. */
export const QUICK_DRAWS = 200;
/** What is made of the measured runs, in so many measurings of one: tables and curves, maps, groups. */
const FINISHING = { networks: 1, losses: 3, run: 4, subdivision: 4 } as const;
/** Faces that are drawn to see how fast drawing is. */
const FEW = 64;

/**
 * What reading, measuring and finishing take here, besides training: each is tried on a part. A set of one's own is read on the way.
 *
 * @param options `speed`: images per second that training makes; `sets`: that each run is measured on; `drawn`: generated
 *   faces are there already
 * @returns `images`: training images; `embedding`: seconds for all faces of the set
 */
export async function quickCosts(
  { data, network: { dimensions } }: Settings,
  options: { readonly speed: number; readonly trains: Trains; readonly sets: number; readonly drawn: boolean },
): Promise<{ readonly images: number; readonly costs: QuickCosts; readonly embedding: number }> {
  const { speed, trains, sets, drawn } = options;
  const isGenerated = data.source === "generated";
  const faces = valuesOf(generatedFaces.options, data);
  const count = Math.min(FEW, faces.count);
  const draw = () => generatedFaces.draw({ ...faces, count });
  if (isGenerated && !drawn) draw(); // the first ones are slow
  const sample = isGenerated && !drawn ? await secondsOf(draw) : 0;
  const read = isGenerated ? undefined : await openData(data);
  const again = isGenerated ? 0 : await secondsOf(() => openData(data));
  const images = read?.train.images.count ?? Math.round((2 * faces.count) / 3);
  const test = read?.test.images.count ?? Math.round(faces.count / 6);
  const embedding = (images + test) / (6 * speed); // `speed` is half of that on noise, and forward is a third of a step
  const measuring = timeMeasuring({ train: images, test, dimensions, bootstrap: QUICK_DRAWS });
  const costs = {
    reading: (sample * faces.count) / count,
    measuring: sets * (2 * again + embedding + measuring),
    finishing: FINISHING[trains] * measuring,
  };
  return { images, costs, embedding };
}

async function secondsOf(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}
