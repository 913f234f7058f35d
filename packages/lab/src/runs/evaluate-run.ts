import { setThreads } from "@semblant/torch";
import { embedSplits, loadRun } from "@semblant/training";
import { gaussianWidthOf, type Settings } from "@semblant/training/settings";
import { type EvaluatedDataOptions, openEvaluated } from "../data/evaluated-data.ts";
import { type MeasuredSpace, measureWithoutTwins } from "../models/measured.ts";
import { againstOf, type MeasuringOptions, measure } from "./measuring.ts";
import { runFolder } from "./run-folder.ts";

export interface EvaluateRunOptions extends EvaluatedDataOptions, MeasuringOptions {
  readonly weights?: "best" | "last";
  /** Test-time flip: each embedding is the mean of the face's and its flip's. Twice the work, steadier answers. */
  readonly mirror?: boolean;
  readonly threads?: number;
}

/** A run measured on a split, all that a table or a report shows of it. */
export interface EvaluatedRun extends MeasuredSpace {
  readonly settings: Settings;
}

/** Embeds training and test faces with a run's network and measures. */
export async function evaluateRun(
  given: string,
  options: EvaluateRunOptions = {},
  progress: (text: string) => void = () => {},
): Promise<EvaluatedRun> {
  const { weights = "best", mirror = false, threads, ...which } = options;
  if (threads !== undefined) setThreads(threads);
  const run = runFolder(given);
  const loaded = loadRun(run, { which: weights });
  progress("reading the data ...");
  const { data, split, gallery, asked } = await openEvaluated(
    { own: loaded.settings.data, classes: loaded.classes, trainedOn: loaded.data },
    which,
    progress,
  );

  progress(`embedding ${data.train.images.count + data.test.images.count} faces ...`);
  const { train, test, head } = embedSplits(loaded, data, { mirror });
  loaded.network.dispose();
  progress("measuring ...");
  const sigma = gaussianWidthOf(loaded.settings.loss);
  const known = asked === undefined || asked.known;
  const measured = measure({ train, test, asked, sigma, ...(known && { head }) }, options); // of the width that it was trained with
  const twins = asked ? undefined : measureWithoutTwins(data, measured);
  return {
    run,
    settings: loaded.settings,
    dataset: {
      name: data.name,
      labels: data.labelSource,
      split,
      n: test.rows,
      ...(data.faces && { faces: data.faces }),
      ...(asked && { against: againstOf(asked) }),
    },
    ...(gallery && { gallery }),
    evaluation: measured,
    ...(asked?.known === false && { known: false as const }),
    ...(twins && { twins }),
    ...(options.nearest !== undefined && { nearest: options.nearest }),
    embeddings: { train, test },
    images: { train: data.train, test: data.test },
  };
}
