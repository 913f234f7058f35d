import { existsSync } from "node:fs";
import { OptionError } from "@semblant/core";
import { type DataPlaces, withAbsolutePaths } from "@semblant/training/internals";
import { resolveSettings, type Settings } from "@semblant/training/settings";

/** The settings that say where data are: the only ones that going on may change. */
const places: readonly string[] = ["data.source", "data.corrections", "data.softLabels", "data.cache"];

/**
 * Where a run's data are now, from settings.
 *
 * @throws OptionError for any other setting, a file of settings, or another folder
 */
export async function placesFrom(
  command: "train" | "subdivide",
  overrides: readonly string[],
  { config, out }: Readonly<Record<string, unknown>>,
): Promise<DataPlaces> {
  const names = overrides.map((override) => override.split("=")[0]?.trim() ?? "");
  if (config !== undefined || out !== undefined || names.some((name) => !places.includes(name))) {
    const [whose, another] = command === "train" ? ["run", "train a new run"] : ["subdivision", "make a new one"];
    throw new OptionError(
      `${command}: --resume goes on with the ${whose}'s own settings and takes no others.\n` +
        `  For other settings, ${another} with --out. Where its faces were moved, --data says where they are.`,
    );
  }
  if (names.length === 0) return {};
  const { data } = resolveSettings({}, overrides);
  const given = names.map((name) => name.replace("data.", "") as keyof DataPlaces);
  return Object.fromEntries(given.map((name) => [name, data[name]]));
}

/**
 * Where the data of a run are wanted now, if they were moved: places that differ, of which nothing is left where it was. Undefined where
 * they were not moved, or something else is wanted.
 */
export function movedPlaces(there: Settings, wanted: Settings): DataPlaces | undefined {
  const [old, now] = [withAbsolutePaths(there).data, withAbsolutePaths(wanted).data];
  const names = (["source", "corrections", "softLabels"] as const).filter((name) => old[name] !== now[name]);
  const gone = names.every((name) => old[name] !== null && now[name] !== null && !existsSync(old[name]));
  return names.length > 0 && gone && old.source !== "generated" ? Object.fromEntries(names.map((name) => [name, now[name]])) : undefined;
}
