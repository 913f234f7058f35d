import { basename } from "node:path";
import type { DataSettings, Settings } from "@semblant/training/settings";

const named = (path: string | null) => path && basename(path);

/** Settings that may be shown to others: of files and folders only their own names. */
export function shownSettings({ data, network, ...settings }: Settings): Settings {
  return { ...settings, data: shownData(data), network: { ...network, weights: named(network.weights) } };
}

/** Settings of data, shown so. */
export function shownData(data: DataSettings): DataSettings {
  const { source, cache, corrections, softLabels } = data;
  return {
    ...data,
    source: basename(source),
    cache: typeof cache === "string" ? basename(cache) : cache,
    corrections: named(corrections),
    softLabels: named(softLabels),
  };
}
