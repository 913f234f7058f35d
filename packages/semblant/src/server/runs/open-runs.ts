import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import type { ExtraRoutes } from "@semblant/api";
import { isInstalled, loadLab } from "../../lab/load-lab.ts";
import { KeptMeasures } from "./kept-measures.ts";
import { Measure } from "./measure.ts";
import { runRoutes } from "./routes.ts";
import { RunRecords } from "./run-records.ts";
import { RunWatch } from "./run-watch.ts";
import { runsFolderOf } from "./runs-folder.ts";
import { Trainings } from "./trainings.ts";

/** The part of the app that trains. */
export interface OpenedRuns extends Required<ExtraRoutes> {
  /** Whether what the app is opened on is the folder of runs itself. */
  readonly isFolder: boolean;
  /** Stops every training that was started here, each with its checkpoint, and waits for them. */
  close(): Promise<void>;
}

/**
 * Runs of a folder with what is done with them, for the API; undefined where training or libtorch is not installed.
 *
 * @param folder what the app is opened on: a folder of runs, or one of photos
 */
export function openRuns(folder: string): OpenedRuns | undefined {
  if (!canTrain()) return undefined;
  const at = runsFolderOf(folder);
  const [where, lab] = [() => at, loadLab];
  const [trainings, watch, measure] = [new Trainings(where, lab), new RunWatch(where), new Measure()];
  const measures = new KeptMeasures(measure);
  const records = new RunRecords(where, trainings, lab);
  trainings.onChange((run) => watch.tell(run));
  measures.onChange((run) => watch.tell(run));
  return {
    name: "runs",
    isFolder: at === resolve(folder) || dirname(resolve(folder)) === at,
    routes: runRoutes({ folder: where, lab, records, trainings, measures, watch }),
    watch: (listener) => watch.watch((run) => listener({ type: "run", run })),
    async close() {
      watch.close();
      measure.close();
      await trainings.close();
    },
  };
}

/** Whether the lab is here, and what binds libtorch was built; that libtorch loads is found by the first training. */
function canTrain(): boolean {
  if (!isInstalled()) return false;
  try {
    return existsSync(process.env.SEMBLANT_TORCH_ADDON ?? join(dirname(besideLab("torch")), "../build/torch.node"));
  } catch {
    return false;
  }
}

/** Where a package of ours is that the lab builds on, without loading either. */
const besideLab = (name: string): string => createRequire(import.meta.resolve("@semblant/lab")).resolve(`@semblant/${name}`);
