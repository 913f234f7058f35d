/** How a command ended. */
export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Whether it was ended by us, since it took too long. */
  readonly late?: boolean;
  readonly seconds: number;
}

const stackLine = /^ {4}at .*[:(].*\d+:\d+\)?$/m;
/** Words that only a program's author understands. */
const foreign =
  /SQLITE_\w+|Napi::|std::\w+|c10::|aten::|\b(?:Type|Range|Reference|Syntax|Sqlite)Error\b|\bERR_\w+|is not a function|Cannot read prop|\[object \w+\]|\bundefined\b|Unknown error/;
/** Where the first control code stands, other than tabs and ends of lines; -1 where none does. */
function firstControl(text: string): number {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if ((code < 32 && code !== 9 && code !== 10 && code !== 13) || (code >= 127 && code < 160)) return i;
  }
  return -1;
}

/**
 * What is wrong with how a command ended, or undefined: status 0, 1 or 2, and where it refused, a sentence of ours.
 *
 * @param args what it was asked, which an answer may repeat
 */
export function faultOf({ status, signal, stdout, stderr, late, seconds }: Ended, args: readonly string[] = []): string | undefined {
  if (late) return `did not end within ${Math.round(seconds)} s`;
  if (signal !== null) return `ended by ${signal}: ${lastLine(stderr)}`;
  if (status !== 0 && status !== 1 && status !== 2) return `ended with status ${status}: ${lastLine(stderr)}`;
  const shown = faultOfText(`${stdout}\n${stderr}`);
  if (shown !== undefined) return shown;
  if (status === 0 && /\bNaN\b/.test(stdout) && !args.some((word) => /\bNaN\b/.test(word)))
    return `NaN in an answer: ${lineOf(stdout, stdout.search(/\bNaN\b/))}`;
  if (status === 2 && !/^OptionError: /m.test(stderr)) return `status 2 without an OptionError: ${lastLine(stderr)}`;
  if (status === 1 && stdout.trim() === "" && !isOurs(stderr)) return `status 1 without a sentence: ${lastLine(stderr)}`;
  return undefined;
}

/** What nobody should read in a message or an answer. */
export function faultOfText(text: string): string | undefined {
  const stack = stackLine.exec(text);
  if (stack !== null) return `a stack: ${firstError(text) ?? stack[0].trim()}`;
  const word = foreign.exec(text);
  if (word !== null) return `words of a program's insides (${word[0]}): ${lineOf(text, word.index)}`;
  const at = firstControl(text);
  if (at >= 0) return `a control code reaches the terminal (${text.charCodeAt(at)}): ${JSON.stringify(lineOf(text, at))}`;
  return undefined;
}

const isOurs = (stderr: string) => /^(Option|Data|Shape|Engine)Error: \S/m.test(stderr);
const lastLine = (text: string) => text.trim().split("\n").at(-1)?.slice(0, 160) ?? "";
const firstError = (text: string) => /^.*Error\b.*$/m.exec(text)?.[0].slice(0, 160);
const lineOf = (text: string, at: number) =>
  text
    .slice(text.lastIndexOf("\n", at) + 1)
    .split("\n")[0]
    ?.slice(0, 160) ?? "";
