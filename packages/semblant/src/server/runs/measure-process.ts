/** A process of its own that measures a run, or places its faces: its task comes as an argument, and its answer goes back as a message. */
import { type CalibrationBin, calibrationBins } from "@semblant/core";
import type { FormedMap } from "@semblant/lab/internals";
import { loadLab } from "../../lab/load-lab.ts";

/** What the process is to do. */
export type MeasureTask =
  | { readonly what: "evaluate"; readonly run: string }
  | { readonly what: "map"; readonly run: string; readonly before?: FormedMap };

/** What it says. */
export type MeasureReport =
  | { readonly progress: string }
  | { readonly done: unknown }
  | { readonly error: { readonly name: string; readonly message: string } };

/** An evaluation as it is kept: what `semblant evaluate --json` prints, and the bins behind the reliability diagram. */
export interface KeptEvaluation {
  readonly calibration: readonly Pick<CalibrationBin, "low" | "high" | "rows" | "confidence" | "accuracy">[];
  readonly [name: string]: unknown;
}

/** What marks a process as one that measures, before its task. */
export const measureMark = "semblant-measures-run";

const [, , mark, given] = process.argv;
if (mark === measureMark && given !== undefined && process.send !== undefined) await work(JSON.parse(given) as MeasureTask);

async function work(task: MeasureTask): Promise<void> {
  for (const signal of ["SIGINT", "SIGHUP"] as const) process.on(signal, () => {}); // whoever started it ends it
  process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
  const say = (report: MeasureReport) => new Promise<void>((sent) => process.send?.(report, () => sent()));
  try {
    const done = task.what === "evaluate" ? await evaluation(task.run, (progress) => void say({ progress })) : await map(task);
    await say({ done });
  } catch (thrown) {
    const { name, message } = thrown as Error;
    await say({ error: { name, message } });
  }
  process.disconnect?.();
}

async function evaluation(run: string, progress: (text: string) => void): Promise<KeptEvaluation> {
  const { evaluateSpace, summaryOf } = await loadLab();
  const evaluated = await evaluateSpace(run, {}, progress);
  const { confidence, correct } = evaluated.evaluation.outcomes.gaussian;
  return { ...summaryOf(evaluated), calibration: calibrationBins(confidence, correct) };
}

async function map({ run, before }: Extract<MeasureTask, { what: "map" }>): Promise<FormedMap> {
  const { formMap } = await loadLab();
  return formMap(run, before);
}
