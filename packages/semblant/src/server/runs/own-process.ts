import { type ChildProcess, spawn } from "node:child_process";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { DataError, EngineError, OptionError, ShapeError } from "@semblant/core";

const ending = extname(import.meta.url);
const cli = fileURLToPath(new URL(`../../cli${ending}`, import.meta.url));
/** From the sources, a process needs to be told where packages have theirs. */
const sources = ending === ".ts" ? ["--conditions=semblant-source", "--disable-warning=ExperimentalWarning"] : [];

/** The command in a process of its own. */
export interface OwnProcess {
  readonly child: ChildProcess;
  /** When it has ended: its status, null where a signal ended it. */
  readonly ended: Promise<number | null>;
  /** The last lines that it wrote to its standard error. */
  said(): string;
  /** What it wrote to its standard output. */
  result(): string;
}

const keptOfComplaints = 8_000;

/**
 * Starts `semblant ...`, in a group of its own: Ctrl-C in the terminal of the server reaches the server alone, which then ends it in order.
 */
export function startSemblant(args: readonly string[]): OwnProcess {
  const child = spawn(process.execPath, [...sources, cli, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
    env: { ...process.env, NO_COLOR: "1" },
    windowsHide: true,
  });
  let [said, result] = ["", ""];
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    result += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-keptOfComplaints);
  });
  const ended = new Promise<number | null>((done) => {
    child.once("error", (error) => {
      said += `EngineError: runs: expected to start a process, but the system did not let it (${error.message}).\n`;
      done(1);
    });
    child.once("close", (status) => done(status));
  });
  return { child, ended, said: () => said, result: () => result };
}

const classes = { OptionError, ShapeError, DataError, EngineError };

/**
 * The error that a command ended with, of what it wrote to its standard error.
 *
 * @example
 * errorOf("reading the data ...\nDataError: data at x: no such file.\n").message; // "data at x: no such file."
 */
export function errorOf(said: string): Error {
  const at = [...said.matchAll(/^(OptionError|ShapeError|DataError|EngineError): /gm)].at(-1);
  if (at === undefined) {
    const last = said.trim().split("\n").at(-1) ?? "";
    return new EngineError(`runs: expected the process to do its work, but it ended early.${last === "" ? "" : `\n  ${last}`}`);
  }
  return new classes[at[1] as keyof typeof classes](said.slice(at.index + at[0].length).trimEnd());
}
