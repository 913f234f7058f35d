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

export const command = commandOf(page, async ([folder], { exclude: given, ...rest }, terminal) => {
  const excluded = Array.isArray(given) ? given : given === false ? [] : undefined;
  const options = { ...rest, ...onlyGiven({ exclude: excluded && (await exclusionsOf(folder, excluded)) }) };
  const interruption = listenForInterruption(() => terminal.note("Stopping; what was read is kept (again to stop at once) ..."));
  try {
    terminal.live("looking for photos ...");
    const summary = await indexFolder(folder, { ...options, signal: interruption.signal }, (step) => terminal.live(stepLine(step)));
    terminal.endLive();
    tell(folder, summary, terminal);
    return summary.failed > 0 ? 1 : 0;
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
export function toGoOn(folder: string, { library, model, smallest, exclude, followLinks, replaceModel }: IndexFolderOptions): string {
  return commandLine([
    "semblant",
    "index",
    folder,
    ...(library === undefined ? [] : ["--library", withoutPassword(library)]),
    ...(model === undefined ? [] : ["--model", model]),
    ...(smallest === undefined ? [] : ["--smallest", String(smallest)]),
    ...(exclude?.length === 0 ? ["--no-exclude"] : excluding(exclude ?? [])),
    ...(followLinks === true ? ["--follow-links"] : []),
    ...(replaceModel === true ? ["--replace-model"] : []),
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
 */
export function stepLine({ done, total, path, errors, secondsLeft }: IndexStep): string {
  return `photo ${done}/${total}  ${duration(secondsLeft)} left${errors > 0 ? `  ${errors} not readable` : ""}  ${path}`;
}

const shownErrors = 20;

function tell(folder: string, summary: Awaited<ReturnType<typeof indexFolder>>, terminal: Terminal): void {
  const { photos, faces, errors, seconds } = summary;
  const number = (n: number) => n.toLocaleString("en-US");
  const parts = (["unchanged", "read", "moved", "copied", "dropped"] as const).filter((name) => summary[name] > 0);
  const done = parts.map((name) => `${number(summary[name])} ${name}`).join(", ");
  terminal.print(
    `${folder}: ${counted(photos, "photo")} with ${counted(faces, "face")}${done === "" ? "" : ` (${done})`} in ${duration(seconds)}`,
  );
  if (errors.length > 0) {
    terminal.print(`\n${number(errors.length)} not readable:`);
    for (const { path, reason } of errors.slice(0, shownErrors)) terminal.print(`  ${printable(path)}: ${reason}`);
    if (errors.length > shownErrors) terminal.print(`  ... and ${number(errors.length - shownErrors)} more, with --json`);
  }
  if (summary.remarks.length > 0) {
    terminal.print(`\n${number(summary.remarks.length)} with a remark:`);
    for (const line of remarkLines(summary.remarks, shownErrors)) terminal.print(`  ${line}`);
  }
  for (const line of [linksLine(summary.links), passedOverLine(summary.passedOver), rememberedLine(summary.remembered)])
    if (line !== undefined) terminal.print(`\n${line}`);
  tellUnlike(summary.shift, terminal);
  terminal.result({ folder, ...summary });
}
