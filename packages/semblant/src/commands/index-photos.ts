import { duration, printable } from "@semblant/core/internals";
import type { IndexStep } from "@semblant/photos";
import {
  counted,
  exclusionsOf,
  type IndexFolderOptions,
  indexFolder,
  linksLine,
  passedOverLine,
  remarkLines,
  rememberedLine,
  withoutPassword,
} from "@semblant/photos/internals";
import { tellUnlike } from "../flags/opened-folder.ts";
import { page } from "../pages/index-photos.ts";
import { commandOf } from "../terminal/command.ts";
import { commandLine } from "../terminal/command-line.ts";
import { onlyGiven } from "../terminal/given.ts";
import { listenForInterruption } from "../terminal/interruption.ts";
import type { Terminal } from "../terminal/terminal.ts";

export const command = commandOf(page, async ([folder], { exclude: given, worker, ...rest }, terminal) => {
  const excluded = Array.isArray(given) ? given : given === false ? [] : undefined;
  const options = { ...rest, ...onlyGiven({ asWorker: worker, exclude: excluded && (await exclusionsOf(folder, excluded)) }) };
  const interruption = listenForInterruption(() => terminal.note("Stopping; what was read is kept (again to stop at once) ..."));
  try {
    terminal.live(worker === true ? "looking into the queue ..." : "looking for photos ...");
    const summary = await indexFolder(folder, { ...options, signal: interruption.signal }, (step) => terminal.live(stepLine(step)));
    terminal.endLive();
    tell(folder, summary, { worker: worker === true, terminal });
    return summary.failed > 0 || (summary.unseen ?? []).length > 0 ? 1 : 0;
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    terminal.endLive();
    terminal.print(`Stopped. To go on: ${toGoOn(folder, options)}`);
    terminal.result({ folder, stopped: true });
    return 130;
  } finally {
    interruption.release();
  }
});

/**
 * The command that goes on with an index that was stopped: the same library, the same photos, the same model.
 *
 * @example
 * toGoOn("My Pictures", { library: "my.sqlite", followLinks: true });
 * // "semblant index 'My Pictures' --library my.sqlite --follow-links"
 */
export function toGoOn(folder: string, options: IndexFolderOptions): string {
  const { library, model, smallest, exclude, followLinks, replaceModel, sameFolder, asWorker, wait } = options;
  return commandLine([
    "semblant",
    "index",
    folder,
    ...(asWorker === true ? ["--worker"] : []),
    ...(wait === true ? ["--wait"] : []),
    ...(library === undefined ? [] : ["--library", withoutPassword(library)]),
    ...(model === undefined ? [] : ["--model", model]),
    ...(smallest === undefined ? [] : ["--smallest", String(smallest)]),
    ...(exclude?.length === 0 ? ["--no-exclude"] : excluding(exclude ?? [])),
    ...(followLinks === true ? ["--follow-links"] : []),
    ...(replaceModel === true ? ["--replace-model"] : []),
    ...(sameFolder === true ? ["--same-folder"] : []),
  ]);
}

/** Patterns in one word, unless a comma is part of one. */
function excluding(patterns: readonly string[]): string[] {
  if (patterns.length === 0) return [];
  if (patterns.every((pattern) => !pattern.includes(",") && pattern === pattern.trim())) return ["--exclude", patterns.join(",")];
  return patterns.flatMap((pattern) => ["--exclude", pattern]);
}

/**
 * The live line.
 *
 * @example
 * stepLine({ done: 12, total: 340, path: "a.jpg", change: "read", faces: 2, errors: 1, secondsLeft: 75 });
 * // "photo 12/340  1 min 15 s left  1 not readable  a.jpg"
 *
 * @example
 * stepLine({ done: 12, total: 340, path: "a.jpg", change: "read", faces: 2, errors: 0, secondsLeft: 75, others: 3, perSecond: 4.37 });
 * // "photo 12/340  4.4 photos/s with 3 others  1 min 15 s left  a.jpg"
 *
 * @example
 * stepLine({ done: 12, total: 340, waiting: 328, path: "a.jpg", change: "read", faces: 2, errors: 0, secondsLeft: 75, others: 0 });
 * // "12 read here, 328 still wait  1 min 15 s left  a.jpg"
 */
export function stepLine({ done, total, path, errors, secondsLeft, others, perSecond, waiting }: IndexStep): string {
  const far = waiting === undefined ? `photo ${done}/${total}` : `${done} read here, ${waiting} still wait`;
  const rate = perSecond === undefined ? "" : `  ${perSecond.toFixed(perSecond < 10 ? 1 : 0)} photos/s`;
  const beside = others === undefined || others === 0 ? "" : ` with ${others} ${others === 1 ? "other" : "others"}`;
  return `${far}${rate}${beside}  ${duration(secondsLeft)} left${errors > 0 ? `  ${errors} not readable` : ""}  ${path}`;
}

const shownErrors = 20;

interface Telling {
  readonly worker: boolean;
  readonly terminal: Terminal;
}

function tell(folder: string, summary: Awaited<ReturnType<typeof indexFolder>>, { worker, terminal }: Telling): void {
  const { photos, faces, errors, seconds, byOthers = 0, unseen = [], leftToOthers = 0 } = summary;
  const number = (n: number) => n.toLocaleString("en-US");
  const parts = (["unchanged", "read", "moved", "copied", "dropped"] as const).filter((name) => summary[name] > 0);
  const others = byOthers > 0 ? [`${number(byOthers)} by other processes`] : [];
  const done = [...parts.map((name) => `${number(summary[name])} ${name}`), ...others].join(", ");
  const known = `${counted(photos, "photo")} with ${counted(faces, "face")}`;
  const idle = worker && done === "" && summary.failed === 0 && unseen.length + leftToOthers === 0;
  terminal.print(
    idle
      ? `${folder}: nothing waits to be read. The library has ${known}.`
      : `${folder}: ${known}${done === "" ? "" : ` (${done})`} in ${duration(seconds)}`,
  );
  if (errors.length > 0) {
    terminal.print(`\n${number(errors.length)} not readable:`);
    for (const { path, reason } of errors.slice(0, shownErrors)) terminal.print(`  ${printable(path)}: ${reason}`);
    if (errors.length > shownErrors) terminal.print(`  ... and ${number(errors.length - shownErrors)} more, with --json`);
  }
  if (unseen.length > 0) {
    terminal.print(`\n${number(unseen.length)} that nobody who reads could see or open:`);
    for (const path of unseen.slice(0, shownErrors)) terminal.print(`  ${printable(path)}`);
    if (unseen.length > shownErrors) terminal.print(`  ... and ${number(unseen.length - shownErrors)} more, with --json`);
    terminal.print("They stay in the queue. Start a worker on a machine that has them.");
  }
  if (leftToOthers > 0) terminal.print(`\n${counted(leftToOthers, "photo")} left to others, since they cannot be seen from here`);
  if (summary.remarks.length > 0) {
    terminal.print(`\n${number(summary.remarks.length)} with a remark:`);
    for (const line of remarkLines(summary.remarks, shownErrors)) terminal.print(`  ${line}`);
  }
  for (const line of [linksLine(summary.links), passedOverLine(summary.passedOver), rememberedLine(summary.remembered)])
    if (line !== undefined) terminal.print(`\n${line}`);
  tellUnlike(summary.shift, terminal);
  terminal.result({ folder, ...summary });
}
