import { resolve } from "node:path";
import type { DataSettings, Settings } from "../settings/setting-types.ts";

/** Where data are: what may change between two sessions of a run, since the data stay the same. */
export type DataPlaces = Partial<Pick<DataSettings, "source" | "corrections" | "softLabels" | "cache">>;

/**
 * Settings whose paths hold from any working folder: those of data, and of the weights that training starts from.
 *
 * @example
 * withAbsolutePaths(resolveSettings({ data: { source: "/faces/../ck" } })).data.source; // "/ck"
 */
export function withAbsolutePaths(settings: Settings): Settings {
  const { data, network } = settings;
  const { source, cache, corrections, softLabels } = data;
  const path = (given: string | null) => given && resolve(given);
  return {
    ...settings,
    data: {
      ...data,
      source: source === "generated" ? source : resolve(source),
      cache: typeof cache === "string" ? resolve(cache) : cache,
      corrections: path(corrections),
      softLabels: path(softLabels),
    },
    network: { ...network, weights: path(network.weights) },
  };
}
