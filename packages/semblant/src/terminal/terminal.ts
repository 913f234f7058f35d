import { printable } from "@semblant/core/words/internals";
import pc from "picocolors";

/** Where a command writes: results to stdout, progress and complaints to stderr. */
export interface Streams {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** How the person wants to be told: the options that every command takes. */
export interface Manner {
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
  readonly color?: boolean | undefined;
}

/**
 * What a command speaks through. With `json`, `print` is silent and `result` writes; without, the reverse. Names of files, classes and
 * models come from strangers: no control in them reaches the terminal.
 */
export interface Terminal {
  readonly color: ReturnType<typeof pc.createColors>;
  /** Lines of the result, for a person. */
  print(text: string): void;
  /** The result as one JSON. */
  result(value: object): void;
  /** A line of progress on stderr. */
  note(text: string): void;
  /** A line on stderr about what could not be done: it is said where all else is to be quiet, too. */
  complain(text: string): void;
  /** What {@link note} would write now, for whoever says it when JavaScript cannot. */
  noted(text: string): string;
  /** A line on stderr that the next one replaces; where there is no terminal, a plain line at most every ten seconds. */
  live(text: string): void;
  /** Ends the live line, so that what comes next starts on its own. Plain lines that said how far it came end with how far it came. */
  endLive(): void;
}

const plainEvery = 10_000;

/** A terminal over two streams; `now` in milliseconds. */
export function openTerminal(streams: Streams, manner: Manner, now: () => number = () => performance.now()): Terminal {
  const { stdout, stderr, env } = streams;
  const wanted = manner.color !== false && !env.NO_COLOR && env.TERM !== "dumb";
  let liveShown = false;
  let lastPlain = Number.NEGATIVE_INFINITY;
  let plainLines = 0;
  /** The newest plain line that was too early to be written. */
  let waiting: string | undefined;
  const endLive = () => {
    if (liveShown) stderr.write("\n");
    liveShown = false;
  };
  const colored = wanted && (stdout.isTTY === true || Boolean(env.FORCE_COLOR)) && !manner.json;
  const complain = (text: string) => {
    endLive();
    stderr.write(`${printable(text, "\n")}\n`);
  };
  return {
    color: pc.createColors(colored),
    print(text) {
      if (!manner.json) stdout.write(`${colored ? printableButBold(text) : printable(text, "\n")}\n`);
    },
    result(value) {
      if (manner.json) stdout.write(`${printable(JSON.stringify(value))}\n`); // in JSON, \u0085 is what it stands for
    },
    note(text) {
      if (!manner.quiet) complain(text);
    },
    complain,
    noted(text) {
      return manner.quiet ? "" : `${stderr.isTTY ? "\r\u001b[2K" : ""}${printable(text, "\n")}\n`;
    },
    live(given) {
      if (manner.quiet) return;
      const text = printable(given);
      if (stderr.isTTY) {
        stderr.write(`\r\u001b[2K${text.slice(0, (stderr.columns ?? 80) - 1)}`);
        liveShown = true;
      } else if (now() - lastPlain >= plainEvery) {
        lastPlain = now();
        plainLines++;
        waiting = undefined;
        stderr.write(`${text}\n`);
      } else waiting = text;
    },
    endLive() {
      if (waiting !== undefined && plainLines > 1) stderr.write(`${waiting}\n`);
      [waiting, plainLines] = [undefined, 0];
      endLive();
    },
  };
}

const [boldBegins = "", boldEnds = ""] = pc.createColors(true).bold("|").split("|");

/** Of a coloured terminal's own codes, which come with the text, only those that begin and end bold type. */
function printableButBold(text: string): string {
  const parts = text.split(boldBegins).map((part) => part.split(boldEnds).map((inner) => printable(inner, "\n")));
  return parts.map((part) => part.join(boldEnds)).join(boldBegins);
}
