/** A flag, as the help page and the parser share it. */
export interface CommandOption {
  /** As commander and the page write it: `-k, --count <n>`, `--resume`. */
  readonly flags: string;
  /** What it does, in half a line. */
  readonly text: string;
  /** What holds when it is not given, as the page shows it; the value itself is resolved where the work is done. */
  readonly default?: string;
  /** What the word means; with what was said before, where the flag is given several times. */
  readonly parse?: (value: string, before?: unknown) => unknown;
  /** As `parse`, of all texts that were given for it, where that takes code that a help page does without. */
  readonly read?: (texts: readonly string[]) => Promise<unknown>;
  /** The name of its value, where that is not the flag's own: `k` for `--count`. */
  readonly name?: string;
  /** The flag that it was once. It keeps working, and no page shows it. */
  readonly earlier?: string;
  /** The setting of a run that it stands for: `loss.sigma`. */
  readonly setting?: string;
  /** What the command will write at the place that the value names: whether it can is found before the work. */
  readonly writes?: "file" | "folder";
  /** Where it writes when the flag is not given. */
  readonly otherwise?: string;
}

/** The parts of the overview, in its order. */
export const groups = ["training", "photos", "library", "machine"] as const;

/** A command's page: what the parser takes and what `--help` prints come from this one object. */
export interface CommandPage {
  /** `train`, `data inspect`. */
  readonly name: string;
  /** The part of the overview in which it stands, and its place there: lower ones come first. */
  readonly group: (typeof groups)[number];
  readonly place: number;
  /** What follows the name on the first line: `<run> [options]`. */
  readonly usage: string;
  /** One sentence. */
  readonly sentence: string;
  /** Three that can be run as they stand, each with what comes of it. */
  readonly examples: readonly (readonly [command: string, result: string])[];
  readonly options: readonly CommandOption[];
  /** Lines before the exit statuses: what else a reader must know. */
  readonly notes?: readonly string[];
  /** The arguments in commander's form: `<run>`, `[settings...]`. */
  readonly arguments?: readonly string[];
}

/** The flags that every command takes. */
export const everywhere = [
  { flags: "--json", text: "one JSON on stdout and nothing else" },
  { flags: "-q, --quiet", text: "no progress on stderr, errors only" },
  { flags: "--no-color", text: "plain text; NO_COLOR in the environment does the same" },
  { flags: "-h, --help", text: "this page; `semblant --help` lists the commands" },
] as const satisfies readonly CommandOption[];
