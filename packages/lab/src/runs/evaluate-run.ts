import { evaluate, type LeaveOut } from "@semblant/core";
import { setThreads } from "@semblant/torch";
import { embedSplits, loadRun } from "@semblant/training";
import { gaussianWidthOf, type Settings } from "@semblant/training/settings";
import { type EvaluatedDataOptions, openEvaluated } from "../data/evaluated-data.ts";
import { type MeasuredSpace, measureWithoutTwins } from "../models/measured.ts";
import { runFolder } from "./run-folder.ts";

export interface EvaluateRunOptions extends EvaluatedDataOptions {
  readonly neighbors?: number;
  readonly weights?: "best" | "last";
  /** Which faces are never each other's neighbours, where people and sequences are known. */
  readonly leaveOut?: LeaveOut;
  /** Test-time flip: each embedding is the mean of the face's and its flip's. Twice the work, steadier answers. */
  readonly mirror?: boolean;
  readonly bootstrap?: number;
  readonly seed?: number;
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
  const { neighbors, weights = "best", mirror = false, bootstrap: draws, seed, threads, leaveOut, ...which } = options;
  if (threads !== undefined) setThreads(threads);
  const run = runFolder(given);
  const loaded = loadRun(run, { which: weights });
  progress("reading the data ...");
  const { data, split, gallery } = await openEvaluated(
    { own: loaded.settings.data, classes: loaded.classes, trainedOn: loaded.data },
    which,
    progress,
  );

  progress(`embedding ${data.train.images.count + data.test.images.count} faces ...`);
  const { train, test, head } = embedSplits(loaded, data, { mirror });
  loaded.network.dispose();
  progress("measuring ...");
  const sigma = gaussianWidthOf(loaded.settings.loss);
  const measured = evaluate(train, test, {
    ...(neighbors !== undefined && { k: neighbors }),
    ...(draws !== undefined && { bootstrap: draws }),
    ...(seed !== undefined && { seed }),
    ...(leaveOut !== undefined && { leaveOut }),
    ...(head && { head }),
    ...(sigma !== undefined && { sigma }), // the width it was trained with
  });
  const twins = measureWithoutTwins(data, measured);
  return {
    run,
    settings: loaded.settings,
    dataset: { name: data.name, labels: data.labelSource, split, n: test.rows, ...(data.faces && { faces: data.faces }) },
    ...(gallery && { gallery }),
    evaluation: measured,
    ...(twins && { twins }),
    embeddings: { train, test },
    images: { train: data.train, test: data.test },
  };
}
