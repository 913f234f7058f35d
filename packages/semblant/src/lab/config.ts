import { readFileSync } from "node:fs";
import { DataError } from "@semblant/core";
import { show } from "@semblant/core/internals";
import { parse } from "yaml";

/**
 * Settings from a YAML file (JSON is YAML), as nested as they are in a run's `settings.json`. The values are checked where
 * settings are resolved, not here.
 *
 * @throws DataError if the file is missing, is not YAML, or is not a list of names and values
 */
export function readConfig(path: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new DataError(`${path}: expected a YAML file of settings, but it cannot be read (${(cause as NodeJS.ErrnoException).code}).`, {
      cause,
    });
  }
  let value: unknown;
  try {
    value = parse(text);
  } catch (cause) {
    throw new DataError(`${path}: expected YAML, but ${(cause as Error).message.split("\n")[0]?.replace(/:$/, "")}.`, { cause });
  }
  if (value === null) return {};
  if (typeof value === "object" && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new DataError(`${path}: expected settings by name, like "loss: { sigma: 2 }", but got ${show(value)}.`);
}
