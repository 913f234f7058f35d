import type { rules } from "@semblant/core/internals";
import type { OptionValue } from "@semblant/datasets";

/** What a setting can hold, as JSON has it. */
export type { OptionValue };

/** What is said of an option beside its use: settings, help and checks read it from here. */
export interface OptionDeclaration<Value extends OptionValue = OptionValue> {
  /** What the setting may be. */
  readonly rule: rules.Rule;
  /** What the preset `best` has; null where what has the option decides for itself. */
  readonly default: Value;
  /** What the preset `paper` has, where that is something else. */
  readonly published?: Value;
  /** What was so in runs from before there was this option. Without it a run's folder has to hold the option. */
  readonly before?: Value;
  /** What it does, in a sentence. */
  readonly help: string;
}

export type OptionDeclarations = Readonly<Record<string, OptionDeclaration>>;

/** What is wrong between options that are each in range: which of them, and what it should be. */
export interface Refusal {
  readonly option: string;
  readonly expected: string;
}

/**
 * The options as a preset has them.
 *
 * @example
 * const sigma = { rule: rules.above0(1e-6, 1e6), default: 2, published: 1, help: "Width of every Gaussian." };
 * defaultsOf({ sigma }, "paper"); // { sigma: 1 }
 */
export function defaultsOf(options: OptionDeclarations, preset: string): Record<string, OptionValue> {
  return Object.fromEntries(
    Object.entries(options).map(([name, option]) => [
      name,
      preset === "paper" && option.published !== undefined ? option.published : option.default,
    ]),
  );
}

/**
 * The options that hold something: null leaves an option to what has it.
 *
 * @example
 * chosen({ margin: null, scale: 64 }); // { scale: 64 }
 */
export function chosen(options: Readonly<Record<string, OptionValue | undefined>>): Record<string, NonNullable<OptionValue>> {
  return Object.fromEntries(
    Object.entries(options).filter((entry): entry is [string, NonNullable<OptionValue>] => entry[1] !== null && entry[1] !== undefined),
  );
}
