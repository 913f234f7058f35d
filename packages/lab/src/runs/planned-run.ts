import { existsSync } from "node:fs";
import { join } from "node:path";
import { OptionError } from "@semblant/core";
import { show } from "@semblant/core/internals";
import { openRun } from "@semblant/training";
import { type DataPlaces, withAbsolutePaths } from "@semblant/training/internals";
import type { Settings } from "@semblant/training/settings";
import { movedPlaces } from "../data/moved-data.ts";

/** Whether a folder holds a run. */
export const holdsRun = (dir: string): boolean => existsSync(join(dir, "settings.json"));

/**
 * Refuses a folder whose run is another than the one that is planned for it. What comes back says where its data are
 * now, if they were moved. A time limit has changed how many steps the run has, and how often it is validated: those are not compared.
 *
 * @throws OptionError that names the first setting that differs
 */
export function refuseOtherRun(
  where: string,
  { dir, settings, limited = false }: { readonly dir: string; readonly settings: Settings; readonly limited?: boolean },
): DataPlaces | undefined {
  if (!holdsRun(dir)) return undefined;
  const there = withAbsolutePaths(openRun(dir).settings);
  const here = { device: there.device, precision: there.precision }; // what auto was on this machine
  const squeezed = limited ? { steps: there.steps, validation: { ...settings.validation, every: there.validation.every } } : {};
  const resolved = { ...withAbsolutePaths(settings), ...here, ...squeezed };
  const moved = movedPlaces(there, resolved);
  const other = differing({ ...there, data: { ...there.data, ...moved } }, resolved);
  if (other === undefined) return moved;
  throw new OptionError(
    `${where}: ${dir} holds a run with other settings: ${other.name} is ${show(other.there)}, not ${show(other.wanted)}.\n` +
      "  Name another folder with --out.",
  );
}

/** The first setting in which two differ. */
function differing(there: object, wanted: object): { name: string; there: unknown; wanted: unknown } | undefined {
  for (const [name, value] of Object.entries(wanted)) {
    const held = (there as Record<string, unknown>)[name];
    if (typeof value === "object" && value !== null && typeof held === "object" && held !== null) {
      const inner = differing(held, value);
      if (inner !== undefined) return { ...inner, name: `${name}.${inner.name}` };
    } else if (held !== value) return { name, there: held, wanted: value };
  }
  return undefined;
}
