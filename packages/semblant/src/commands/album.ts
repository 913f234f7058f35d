import { formatTable, OptionError, printable } from "@semblant/core";
import {
  type AlbumAnswer,
  type AlbumPicture,
  refuseFilled,
  type SummarizeFolderOptions,
  summarizeFolder,
  type TakenOut,
  takeOut,
} from "@semblant/photos";
import { albumSheet, checkSheetName, counted, coveredInWords, notStoodFor, percent, writeSheet } from "@semblant/photos/sheets";
import type { CommandPage } from "../terminal/page.ts";
import { seedNumber, wholeNumber } from "../terminal/parse.ts";
import type { CommandModule } from "./command.ts";
import { folderFlags, unreadableLine } from "./photo-folder.ts";
import { sheetFlag } from "./write-sheet.ts";

export const page: CommandPage = {
  name: "album",
  usage: "<folder> [options]",
  sentence:
    "Sum up a folder of photos in a few: different expressions, people and times, no near-duplicates, each saying what it stands for.",
  examples: [
    ["semblant album photos/", "12 pictures, and why"],
    ["semblant album photos/ --size 24 --sheet album.html", "as a page"],
    ["semblant album photos/ --copy for-grandma/", "clean copies of them"],
  ],
  arguments: ["<folder>"],
  options: [
    { flags: "-n, --size <n>", text: "pictures", default: "12", parse: wholeNumber("size", 1) },
    { flags: "--keep <photos...>", text: "photos that are in, by their paths in the folder" },
    { flags: "--without-faces", text: "photos without faces may stand too, and are stood for" },
    sheetFlag,
    { flags: "--copy <folder>", writes: "folder", text: "copies of the pictures, upright, without place, time and camera" },
    { flags: "--plain", text: "copy the files as they are, with all their metadata" },
    { flags: "--link <folder>", writes: "folder", text: "links to the pictures" },
    ...folderFlags,
    { flags: "-s, --seed <n>", text: "of everything drawn by lot", default: "0", parse: seedNumber() },
  ],
  notes: [
    "The choice is greedy and covers at least 63 % of what the best possible one does; the answer says how near it came. People are told apart by the colours of head and shoulders: there is no model of identity. Photos are only read.",
  ],
};

/** The answer as a table. */
export function formatAlbum(answer: AlbumAnswer): string {
  const { pictures, coverage, ceiling, of } = answer;
  const faceless = notStoodFor(answer);
  const near = ceiling > 0 ? coverage.all / ceiling : 1;
  const row = ({ path, standsFor, rank }: AlbumPicture) => [path, `${standsFor.photos}`, percent(standsFor.share), `${rank}`];
  const lines = formatTable([["", "stands for", "share", "choice"], ...pictures.map(row)]).split("\n");
  return [
    `${pictures.length} of ${counted(of.photos, "photo")} with ${counted(of.faces, "face")}: coverage ${percent(coverage.all)}, at least ${percent(near)} of the best possible`,
    `  of ${coveredInWords(answer)}`,
    "",
    lines[0] as string,
    ...pictures.flatMap(({ why }, i) => [lines[i + 1] as string, `  ${why}`]),
    ...(faceless === undefined ? [] : ["", faceless]),
  ].join("\n");
}

export const command: CommandModule = {
  page,
  async run([folder], given, terminal) {
    const { json: _json, quiet: _quiet, color: _color, sheet, copy, plain, link, ...options } = given as Record<string, unknown>;
    checkSheetName("album", sheet as string | undefined);
    if (plain === true && copy === undefined) throw new OptionError("album: expected --plain with --copy, but got it alone.");
    if (copy !== undefined && link !== undefined) throw new OptionError("album: expected --copy or --link, but got both.");
    for (const folder of [copy, link]) if (folder !== undefined) refuseFilled("album", folder as string);
    const { set, answer, errors } = await summarizeFolder(
      folder as string,
      { ...(options as SummarizeFolderOptions), note: terminal.note },
      terminal.live,
    );
    terminal.endLive();
    terminal.print(formatAlbum(answer));
    const unread = unreadableLine(errors);
    if (unread) terminal.complain(`album: ${unread}`);
    for (const remark of set.remarks ?? []) terminal.note(`album: ${remark}`);
    if (sheet !== undefined) {
      await writeSheet(sheet as string, albumSheet(set, answer), terminal.live);
      terminal.endLive();
      terminal.print(`\nsheet: ${sheet as string} (holds copies of faces)`);
    }
    const target = (copy ?? link) as string | undefined;
    let taken: readonly TakenOut[] | undefined;
    if (target !== undefined) {
      const how = link !== undefined ? "link" : plain === true ? "plain copy" : "clean copy";
      taken = await takeOut("album", { root: set.root, paths: answer.pictures.map(({ path }) => path) }, { folder: target, how });
      const words = { link: "links", "plain copy": "copies, with all metadata of the files", "clean copy": "copies, without metadata" }[
        how
      ];
      terminal.print(`\n${taken.filter(({ to }) => to !== undefined).length} ${words}: ${target}`);
      for (const { path, error } of taken)
        if (error !== undefined) terminal.complain(`album: ${printable(path)} could not be taken out: ${error}`);
    }
    terminal.result({
      folder,
      ...answer,
      errors,
      ...(set.remarks && { remarks: set.remarks }),
      ...(sheet !== undefined && { sheet }),
      ...(taken && { taken }),
    });
    return taken?.some(({ error }) => error !== undefined) ? 1 : 0;
  },
};
