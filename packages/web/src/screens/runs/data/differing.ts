import type { SettingValue } from "./shapes.ts";

/** A setting with its value in each run; undefined where a run does not have it. */
export interface SettingRow {
  readonly name: string;
  readonly values: readonly (SettingValue | undefined)[];
  readonly differs: boolean;
}

/** Every setting of several runs, in their order, and whether it differs. */
export function settingRows(runs: readonly Readonly<Record<string, SettingValue>>[]): SettingRow[] {
  const names = [...new Set(runs.flatMap((settings) => Object.keys(settings)))];
  return names.map((name) => {
    const values = runs.map((settings) => settings[name]);
    return { name, values, differs: new Set(values).size > 1 };
  });
}
