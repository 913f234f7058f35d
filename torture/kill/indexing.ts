import { cpSync } from "node:fs";
import { availableParallelism, constants, loadavg } from "node:os";
import { join } from "node:path";
import { run, start } from "../command.ts";
import { differenceOf, rowsOf, undisturbed } from "../library-rows.ts";
import { faultOf } from "../verdict.ts";
import { endAfter, type KillJob, temporaryFiles, tookUndisturbed, usually } from "./job.ts";

/** Killed once to four times, then left to finish: nothing is lost, doubled or left out. */
export const killIndexing: KillJob = {
  name: "index",
  parts: ["photos", "indexed"],
  async tryOnce({ stock, folder, random, label }) {
    const photos = join(folder, "photos");
    cpSync(stock.photos, photos, { recursive: true });
    const workers = String(1 + random.integer(3));
    const args = ["index", photos, "-w", workers];
    const ask = (asked: readonly string[]) => run(asked, { cwd: folder, label });
    for (let kills = 1 + random.integer(4); kills > 0; kills--) {
      const running = start(args, { cwd: folder, seconds: 120, label });
      const { left } = await endAfter(running, { signal: "SIGKILL", usual: usually("index", 5000), random, label });
      if (left > 0) return `${left} processes outlived the index that was killed`;
      const check = await run(["library", "check", photos], { cwd: folder, label });
      const none = /^OptionError: .*there is none/.test(check.stderr); // killed before it was made
      if (check.status !== 0 && !none) return `after a kill the library isn't whole: ${(check.stdout + check.stderr).slice(0, 300)}`;
    }
    const last = await run(args, { cwd: folder, seconds: 120, label });
    tookUndisturbed("index", last);
    const fault = faultOf(last) ?? (last.status === 0 ? undefined : `status ${last.status}: ${last.stdout.slice(-300)}`);
    if (fault !== undefined) return `the index after the kills: ${fault}`;
    const rows = await rowsOf(photos, ask);
    if ("refused" in rows) return rows.refused;
    const expected = await undisturbed(stock.indexed, ask);
    const different = differenceOf(withoutLabels(rows.faces), withoutLabels(expected.faces)) ?? differenceOf(rows.photos, expected.photos);
    const temporary = temporaryFiles(photos);
    return different ?? (temporary.length > 0 ? `files were left: ${temporary.join(", ")}` : undefined);
  },
};

/** Rows without what people said and what was taught, which only the undisturbed library has. */
const withoutLabels = (faces: readonly string[]) =>
  faces
    .map((face) => JSON.parse(face) as Record<string, unknown>)
    .map(({ path, box, score, landmarks, quality, embedding }) => JSON.stringify({ path, box, score, landmarks, quality, embedding }))
    .sort();

/** Ctrl-C and SIGTERM: within two seconds, status 130, a sentence that says how to go on. */
export const stopIndexing: KillJob = {
  name: "stop index",
  parts: ["photos"],
  async tryOnce({ stock, folder, random, label }) {
    const photos = join(folder, "photos");
    cpSync(stock.photos, photos, { recursive: true });
    const signal = random.integer(2) === 0 ? "SIGINT" : "SIGTERM";
    const running = start(["index", photos, "-w", String(1 + random.integer(4))], { cwd: folder, seconds: 120, label });
    const { ended, reached, seconds, left } = await endAfter(running, { signal, usual: usually("index", 5000), random, label });
    return faultOfStop({ ended, reached, seconds, left, signal });
  },
};

/** What is wrong with how a command ended that was asked to stop. */
export function faultOfStop({
  ended,
  reached,
  seconds,
  left,
  signal,
}: Awaited<ReturnType<typeof endAfter>> & { signal: "SIGINT" | "SIGTERM" }): string | undefined {
  if (left > 0) return `${left} processes outlived a command that was stopped`;
  if (!reached) return faultOf(ended);
  // Before the program listens, and in the moment when its work is done, the signal is Node's to answer.
  if (ended.signal === signal && ended.stdout === "" && ended.stderr === "") return undefined;
  if (ended.status === 0) return faultOf(ended);
  // Where nothing could be saved yet, a sentence is said and the signal is obeyed.
  if (/before the first step/.test(ended.stderr) && (ended.signal === signal || ended.status === 128 + constants.signals[signal]))
    return undefined;
  if (ended.status !== 130) return `stopped by ${signal} it ended with ${ended.status ?? ended.signal}: ${ended.stderr.slice(-200)}`;
  if (!/Stopped|To go on/.test(ended.stdout + ended.stderr)) return `stopped without a sentence: ${ended.stderr.slice(-200)}`;
  return seconds > mostSeconds() ? `stopped only after ${seconds.toFixed(1)} s` : undefined;
}

/** Two seconds are promised, and half a one for the process to go; more where others use the machine, by how many wait for it. */
const mostSeconds = () => 2.5 * Math.max(1, (loadavg()[0] as number) / availableParallelism());
