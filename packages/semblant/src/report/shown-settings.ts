import { basename } from "node:path";
import type { Settings } from "@semblant/training";

/** Settings that may be shown to others: of files and folders only their own names. */
export function shownSettings({ data, network, ...settings }: Settings): Settings {
  const { source, cache, corrections, softLabels } = data;
  const named = (path: string | null) => path && basename(path);
  return {
    ...settings,
    data: {
      ...data,
      source: basename(source),
      cache: typeof cache === "string" ? basename(cache) : cache,
      corrections: named(corrections),
      softLabels: named(softLabels),
    },
    network: { ...network, weights: named(network.weights) },
  };
}
