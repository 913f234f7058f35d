import { OptionError, printable } from "@semblant/core";
import { type AlbumAnswer, type AlbumAnswerOptions, type AlbumPicture, album } from "../questions/album.ts";
import { albumSheet } from "../sheets/album-sheet.ts";
import { coveredInWords, notStoodFor } from "../sheets/album-words.ts";
import { counted, percent } from "../sheets/sheet.ts";
import type { CommandPage } from "../terminal/page.ts";
import { seedNumber, wholeNumber } from "../terminal/parse.ts";
import { formatTable } from "../terminal/table.ts";
import type { CommandModule } from "./command.ts";
import { folderFlags, type OpenedFolder, openPhotoFolder, type PhotoFolderOptions, unreadableLine } from "./photo-folder.ts";
import { refuseFilled, type TakenOut, takeOut } from "./take-out.ts";
import { checkSheetName, sheetFlag, writeSheet } from "./write-sheet.ts";

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

export type SummarizeFolderOptions = PhotoFolderOptions & AlbumAnswerOptions;

/** An album's summary, with the faces it was made from. */
export interface SummarizedFolder extends OpenedFolder {
  readonly answer: AlbumAnswer;
}

/**
 * Reads what is new in a folder and chooses the pictures that sum it up; see {@link album}.
 *
 * @throws what {@link album} and opening the folder throw
 */
export async function summarizeFolder(
  folder: string,
  options: SummarizeFolderOptions = {},
  progress: (text: string) => void = () => {},
): Promise<SummarizedFolder> {
  const { size, weights, withoutFaces, keep, nearDuplicates, seed, ...of } = options;
  const opened = await openPhotoFolder("album", folder, of, progress);
  progress("choosing pictures ...");
  const asked = { size, weights, withoutFaces, keep, nearDuplicates, seed };
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)) as AlbumAnswerOptions;
  return { ...opened, answer: album(opened.set, given) };
}

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
