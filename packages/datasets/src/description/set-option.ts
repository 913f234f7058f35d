import { rules } from "@semblant/core/internals";

/** What an option of a data set may hold. */
export type OptionValue = string | number | boolean | null;

/** One option that a data set has of its own, beside those that all sets share. */
export interface SetOption<T extends OptionValue = OptionValue> {
  /** Which values it takes; says so in errors and in the reference. */
  readonly rule: rules.Rule;
  readonly default: T;
  /** One sentence of help. */
  readonly text: string;
  /**
   * Why any value but the default is refused where another set is read, as an error ends: `has one label an image and no votes`.
   * Without it, the option does nothing there.
   */
  readonly elsewhere?: string;
  /** Given as `false` where a run has no such setting, and only {@link readDataset} takes it. */
  readonly setting?: false;
}

/** The options of a set by their names. They are settings of the same names: `views` is `data.views`. */
export type SetOptions = Readonly<Record<string, SetOption>>;

/** A value for each of some options. */
export type ValuesOf<O extends SetOptions> = { readonly [K in keyof O]: O[K] extends SetOption<infer T> ? T : never };

/** What is said of an option beside its rule. */
type Said<T extends OptionValue> = Omit<SetOption<T>, "rule">;

/**
 * An option that is one of some words or numbers.
 *
 * @example
 * const views = choiceOf(["frontal", "all"], { default: "frontal", text: "Pictures from the front, or all." });
 * views.rule.expected; // "one of frontal, all"
 */
export function choiceOf<const T extends string | number>(values: readonly T[], said: Said<NoInfer<T>>): SetOption<T> {
  return { rule: rules.oneOf(...values), ...said };
}

/** An option that follows a rule of its own. */
export function optionOf<T extends OptionValue>(rule: rules.Rule, said: Said<T>): SetOption<T> {
  return { rule, ...said };
}

/**
 * The values of a set's options: those that are given, else their defaults. Other values are passed over.
 *
 * @example
 * const views = choiceOf(["frontal", "all"], { default: "frontal", text: "Pictures from the front, or all." });
 * valuesOf({ views }, { size: 48 }); // { views: "frontal" }
 */
export function valuesOf<O extends SetOptions>(options: O, given: Readonly<Record<string, unknown>>): ValuesOf<O> {
  const values = Object.entries(options).map(([name, option]) => [name, given[name] ?? option.default]);
  return Object.fromEntries(values) as ValuesOf<O>;
}
