import { basename } from "node:path";
import { type ParseArgsConfig, parseArgs } from "node:util";

/** `parseArgs`, but what it refuses is said in a sentence, and the status is then 2. */
export function parseOptions<const Config extends ParseArgsConfig>(config: Config): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const word =
      /'([^']*)'/
        .exec(message)?.[1]
        ?.split(" ")
        .findLast((part) => !part.startsWith("<")) ?? "";
    const words = wordsFor(code, word, config.options?.[word.slice(2)]?.type === "boolean");
    if (words === undefined) throw error;
    const known = Object.keys(config.options ?? {}).map((name) => `--${name}`);
    return refuse(`${words}; known: ${known.join(", ") || "no options"}.`);
  }
}

function wordsFor(code: string | undefined, word: string, isFlag: boolean): string | undefined {
  if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") return `unknown option ${word}`;
  if (code === "ERR_PARSE_ARGS_INVALID_OPTION_VALUE" && isFlag) return `expected no value after ${word}`;
  if (code === "ERR_PARSE_ARGS_INVALID_OPTION_VALUE") return `expected a value after ${word}`;
  if (code === "ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL") return `expected options, but got ${word}`;
  return undefined;
}

/** Ends the program with a sentence about its options, and where to read of them. */
export function refuse(sentence: string): never {
  const name = basename(process.argv[1] ?? "", ".ts");
  console.error(`${name}: ${sentence}\n  See: --help`);
  process.exit(2);
}
