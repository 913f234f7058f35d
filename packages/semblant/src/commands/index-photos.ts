import { duration, printable } from "@semblant/core";
import {
  exclusionsOf,
  type IndexFolderOptions,
  type IndexStep,
  type IndexSummary,
  indexFolder,
  linksLine,
  passedOverLine,
  remarkLines,
  rememberedLine,
} from "@semblant/photos";
import { counted } from "@semblant/photos/sheets";
import { commandLine } from "../terminal/command-line.ts";
import { listenForInterruption } from "../terminal/interruption.ts";
import type { CommandPage } from "../terminal/page.ts";
import { wholeNumber } from "../terminal/parse.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { CommandModule } from "./command.ts";
import { smallestFlag } from "./smallest-flag.ts";

export const page: CommandPage = {
  name: "index",
  usage: "<folder> [options]",
  sentence: "Find the photos of a folder, the faces in them and what they look like, and keep all that in one file beside them.",
  examples: [
    ["semblant index ~/Pictures", "again later: only what changed"],
    ["semblant index photos --exclude raw,*.png", "but not these"],
    ["semblant index photos --library my.sqlite", "the library elsewhere"],
  ],
  arguments: ["<folder>"],
  options: [
    {
      flags: "--exclude <patterns>",
      text: "names or paths to leave out, kept for the next time: raw,*.png or 2019/**; may be given several times",
      default: "as before, at first none",
      parse: (text, before) => [...(Array.isArray(before) ? (before as string[]) : []), text],
    },
    { flags: "--no-exclude", text: "leave out nothing any more" },
    { flags: "--follow-links", text: "follow links that lead out of the folder" },
    { flags: "--retry", text: "read again what could not be read and has not changed" },
    { flags: "-m, --model <which>", text: "a model's file, or small", default: "the one that ships" },
    smallestFlag,
    { flags: "--replace-model", text: "read every photo again where the model is another" },
    { flags: "--library <file>", text: "where the library is", default: ".semblant/ in the folder" },
    {
      flags: "-w, --workers <n>",
      text: "photos in work at a time",
      default: "the processors, at most 4",
      parse: wholeNumber("workers", 1),
    },
    { flags: "--photo-seconds <n>", text: "for one photo, then it is left out", default: "60", parse: wholeNumber("photo-seconds", 1) },
    { flags: "--photo-memory <MiB>", text: "for one photo", default: "1536, or half of all", parse: wholeNumber("photo-memory", 256) },
  ],
  notes: [
    "Photos are only read, GPS never; nothing leaves this machine. It may be stopped or killed at any time and goes on from there.",
    "Ctrl-C and SIGTERM stop it at once, whatever photo is in work; the status is then 130.",
    "What is no photo by its name is counted. A name with a comma has an --exclude of its own; \\* stands for a star in a name. An exclusion that leaves nothing out is refused.",
    "Exclusions hold for album, search and the other questions, and for the next index, until --exclude names others.",
    "A photo that cannot be read is named, and read again when it, its permission or what reads it has changed.",
    "Photos that moved keep their faces and corrections. What is deleted from the folder is dropped from the library.",
    "Status is also 1 where a photo could not be read that had not failed before; the others are done.",
  ],
};

export const command: CommandModule = {
  page,
  async run([folder], { json: _json, quiet: _quiet, color: _color, exclude: given, ...rest }, terminal) {
    const exclude =
      given === undefined || given === true ? undefined : await exclusionsOf(folder as string, given === false ? [] : (given as string[]));
    const options: IndexFolderOptions = { ...rest, ...(exclude && { exclude }) };
    const interruption = listenForInterruption(() => terminal.note("Stopping; what was read is kept (again to stop at once) ..."));
    try {
      terminal.live("looking for photos ...");
      const summary = await indexFolder(folder as string, { ...options, signal: interruption.signal }, (step) =>
        terminal.live(stepLine(step)),
      );
      terminal.endLive();
      tell(folder as string, summary, terminal);
      return summary.failed > 0 ? 1 : 0;
    } catch (error) {
      if (!interruption.signal.aborted) throw error;
      terminal.endLive();
      terminal.print(`Stopped. To go on: ${toGoOn(folder as string, options)}`);
      terminal.result({ folder, stopped: true });
      return 130;
    } finally {
      interruption.release();
    }
  },
};

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

function tell(folder: string, summary: IndexSummary, terminal: Terminal): void {
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
  terminal.result({ folder, ...summary });
}
