import { runProgram } from "../packages/semblant/src/program.ts";
import type { Ended } from "./verdict.ts";

/** Runs the command within this process, which takes a tenth of the time that one of its own does. */
export async function runHere(args: readonly string[]): Promise<Ended> {
  const began = performance.now();
  const [stdout, stderr]: [string[], string[]] = [[], []];
  const status = await runProgram(args, {
    stdout: { write: (text) => stdout.push(text) },
    stderr: { write: (text) => stderr.push(text) },
    env: { NO_COLOR: "1" },
  });
  return { status, signal: null, stdout: stdout.join(""), stderr: stderr.join(""), seconds: (performance.now() - began) / 1000 };
}
