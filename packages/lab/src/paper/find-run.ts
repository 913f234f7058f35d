import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Run } from "@semblant/training";
import { openRun } from "@semblant/training";
import type { DataDigest, DataPlaces } from "@semblant/training/internals";
import { withAbsolutePaths } from "@semblant/training/internals";
import type { Settings } from "@semblant/training/settings";
import { movedPlaces } from "../data/moved-data.ts";
import { isMovedThere } from "../data/own-data.ts";

/** A run's folder, and where its data are now, if they were moved. */
export interface FoundRun {
  readonly dir: string;
  readonly moved?: DataPlaces;
}

/** A run in the folder whose network, loss, seed and data are those wanted, whatever it is called. */
export async function findRun(runs: string, wanted: Settings): Promise<FoundRun | undefined> {
  if (!existsSync(runs)) return undefined;
  const key = ({ network, loss, seed, preset, data }: Settings) =>
    JSON.stringify([network.name, network.baseChannels, network.size, network.head, loss.name, seed, preset, data.count]);
  const alike = readdirSync(runs)
    .sort()
    .map((name) => join(runs, name))
    .filter((dir) => existsSync(join(dir, "settings.json")) && key(openRun(dir).settings) === key(wanted));
  const source = (settings: Settings) => withAbsolutePaths(settings).data.source;
  const there = alike.find((dir) => source(openRun(dir).settings) === source(wanted));
  if (there !== undefined) return { dir: there };
  for (const dir of alike) {
    const run = openRun(dir);
    const moved = movedPlaces(run.settings, wanted);
    if (moved === undefined || !run.begun) continue;
    const trainedOn = lastOf(run)?.data;
    if (await isMovedThere({ own: run.settings.data, trainedOn }, wanted.data.source)) return { dir, moved };
  }
  return undefined;
}

/** Whether a folder holds a run that came to its end. */
export function isFinished(dir: string): boolean {
  return existsSync(join(dir, "settings.json")) && lastOf(openRun(dir))?.ended === "finished";
}

/** What a run's last checkpoint says, without its weights. */
function lastOf(run: Run): { readonly ended: string | undefined; readonly data: DataDigest | undefined } | undefined {
  const last = run.last();
  for (const tensor of last?.tensors.values() ?? []) tensor.dispose();
  return last && { ended: last.state.ended?.reason, data: last.state.data };
}
