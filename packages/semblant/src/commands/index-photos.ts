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
} from "@semblant/photos/internals";
import { tellUnlike } from "../flags/opened-folder.ts";
import { smallestFlag } from "../flags/smallest-flag.ts";
import { commandOf } from "../terminal/command.ts";
import { commandLine } from "../terminal/command-line.ts";
import type { CommandPage } from "../terminal/declaration.ts";
import { onlyGiven } from "../terminal/given.ts";
import { listenForInterruption } from "../terminal/interruption.ts";
import { wholeNumber } from "../terminal/parse.ts";
import type { Terminal } from "../terminal/terminal.ts";

export const page = {
  name: "index",
  group: "photos",
  place: 1,
  usage: "<folder> [options]",
  sentence: "Find the photos of a folder, the faces in them and what they look like, and keep it all in one file beside them.",
  examples: [
    ["semblant index ~/Pictures", "again later: only what changed"],
    ['semblant index photos --exclude "raw,*.png"', "but not these"],
    ["semblant index photos --library my.sqlite", "the library elsewhere"],
  ],
  arguments: ["<folder>"],
  options: [
    {
      flags: "--exclude <patterns>",
      text: "names or paths to leave out, now and later: raw,*.png or 2019/**; may be given several times",
      default: "as before; none at first",
      parse: (text: string, before?: unknown): string[] => [...(Array.isArray(before) ? before : []), text],
    },
    { flags: "--no-exclude", text: "leave out nothing from now on" },
    { flags: "--follow-links", text: "follow links that lead out of the folder" },
    { flags: "--retry", text: "read again what could not be read and has not changed" },
    { flags: "-m, --model <which>", text: "small, or a file of semblant export or adapt", default: "the one that ships" },
    smallestFlag,
    { flags: "--replace-model", text: "read every photo again where the model is another" },
    { flags: "--library <file>", text: "where the library is", default: ".semblant/ in the folder" },
    {
      flags: "-w, --workers <n>",
      text: "photos that are read at once",
      default: "the processors, at most 4",
      parse: wholeNumber("workers", 1),
    },
    {
      flags: "--photo-seconds <n>",
      text: "most time for one photo; then it is left out",
      default: "60",
      parse: wholeNumber("photo-seconds", 1),
    },
    {
      flags: "--photo-memory <MiB>",
      text: "most memory for one photo",
      default: "1536, or half of all",
      parse: wholeNumber("photo-memory", 256),
    },
  ],
  notes: [
    "Photos are only read, and GPS never; nothing leaves this machine. It may be stopped or killed at any time and goes on from there.",
    "Ctrl-C and SIGTERM stop it at once, whichever photo is being read; the status is then 130.",
    "Files that are no photos by their names are counted. A name with a comma needs its own --exclude; " +
      "\\* stands for a star in a name. An exclusion that leaves nothing out is refused.",
    "Exclusions hold for album, search and the other questions, and for the next index, until --exclude names others.",
    "A photo that cannot be read is named. It is read again when it, its permission or what reads it has changed.",
    "Photos that were moved keep their faces and corrections. What is deleted from the folder is dropped from the library.",
    "Status is also 1 where a photo could not be read that had not failed before; the others are done.",
  ],
} as const satisfies CommandPage;

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
    ...(library === undefined ? [] : ["--library", library]),
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
