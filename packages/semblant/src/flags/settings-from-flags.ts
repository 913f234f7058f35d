import type { CommandPage } from "../terminal/declaration.ts";
import { valueName } from "../terminal/given.ts";

/**
 * The flags that stand for settings of a run, as overrides: `--sigma 2` is `loss.sigma=2`.
 *
 * @example
 * settingsFromFlags({ options: [{ flags: "--sigma <x>", text: "", setting: "loss.sigma" }] }, { sigma: 2 }); // ["loss.sigma=2"]
 */
export function settingsFromFlags({ options }: Pick<CommandPage, "options">, given: Readonly<Record<string, unknown>>): string[] {
  return options.flatMap((option) => {
    const value = given[valueName(option)];
    return option.setting === undefined || value === undefined ? [] : [`${option.setting}=${String(value)}`];
  });
}
