import type { CommandOption, CommandPage } from "./declaration.ts";

/**
 * The words after a command, as its page declares them: `<run>` is a word, `[model]` may be missing, `[settings...]` are many.
 *
 * @example
 * const [run, settings]: GivenWords<{ arguments: ["<run>", "[settings...]"] }> = ["runs/1", []]; // a string, strings
 */
export type GivenWords<Page extends Pick<CommandPage, "arguments">> = Page extends { readonly arguments: infer Declared }
  ? { readonly [Index in keyof Declared]: Word<Declared[Index]> }
  : readonly [];

/**
 * The values of a command's flags, as its page declares them. A flag that was not given has none.
 *
 * @example
 * const given: GivenFlags<{ options: [{ flags: "-o, --out <file>"; text: "" }, { flags: "--follow-links"; text: "" }] }> = {};
 * const { out, followLinks } = given; // a string or undefined, true or false or undefined
 */
export type GivenFlags<Page extends Pick<CommandPage, "options">> = {
  readonly [Option in Page["options"][number] as ValueName<Option>]?: Value<Option>;
};

type Word<Declared> = Declared extends `${string}...${string}`
  ? readonly string[]
  : Declared extends `<${string}`
    ? string
    : string | undefined;

type Value<Option extends CommandOption> = Option extends { readonly parse: (...given: never[]) => infer Parsed }
  ? Parsed
  : Option extends { readonly read: (...given: never[]) => Promise<infer Read> }
    ? Read
    : Option["flags"] extends `${string}...>`
      ? readonly string[]
      : Option["flags"] extends `${string}<${string}`
        ? string
        : boolean;

type ValueName<Option extends CommandOption> = Option extends { readonly name: infer Own extends string }
  ? Own
  : Camel<Long<Option["flags"]>>;

/** `size` of `-n, --size <n>`, `index` of `--no-index`. */
type Long<Flags> = Flags extends `${string}--no-${infer Rest}`
  ? First<Rest>
  : Flags extends `${string}--${infer Rest}`
    ? First<Rest>
    : never;

type First<Words> = Words extends `${infer Word} ${string}` ? Word : Words;

/** `followLinks` of `follow-links`. */
type Camel<Word> = Word extends `${infer Head}-${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : Word;

/**
 * The name that a flag's value has once it is parsed; {@link GivenFlags} says the same to the compiler.
 *
 * @example
 * valueName({ flags: "-w, --photo-seconds <n>", text: "" }); // "photoSeconds"
 */
export function valueName({ flags, name }: CommandOption): string {
  const long = /--(?:no-)?([a-z-]+)/.exec(flags)?.[1] ?? "";
  return name ?? long.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/**
 * Of some flags those that were given: for a call that takes options by other names, or fewer of them.
 *
 * @example
 * const { count, sheet }: { count?: number; sheet?: string } = { count: 12 };
 * onlyGiven({ k: count, page: sheet }); // { k: 12 }
 */
export function onlyGiven<Values extends object>(values: Values): { [Name in keyof Values]?: Exclude<Values[Name], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Values]?: Exclude<Values[Name], undefined>;
  };
}
