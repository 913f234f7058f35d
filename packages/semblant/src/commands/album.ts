import { OptionError } from "@semblant/core";
import { formatTable, printable } from "@semblant/core/internals";
import { type Album, type AlbumPicture, album } from "@semblant/photos";
import {
  checkSheetName,
  counted,
  coveredInWords,
  notStoodFor,
  percent,
  refuseFilled,
  type TakenOut,
  takeOut,
} from "@semblant/photos/internals";
import { albumSheet } from "@semblant/photos/sheets";
import { writeAskedSheet } from "../flags/asked-sheet.ts";
import { tellOpened } from "../flags/opened-folder.ts";
import { page } from "../pages/album.ts";
import { commandOf } from "../terminal/command.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** The answer as a table. */
export function formatAlbum(answer: Album): string {
  const { pictures, coverage, ceiling, of } = answer;
  const faceless = notStoodFor(answer);
  const near = ceiling > 0 ? coverage.all / ceiling : 1;
  const row = ({ path, standsFor, rank }: AlbumPicture) => [path, `${standsFor.photos}`, percent(standsFor.share), `${rank}`];
  const lines = formatTable([["", "stands for", "share", "choice"], ...pictures.map(row)]).split("\n");
  return [
    `${pictures.length} of ${counted(of.photos, "photo")} with ${counted(of.faces, "face")}: ` +
      `coverage ${percent(coverage.all)}, at least ${percent(near)} of the best possible`,
    `  of ${coveredInWords(answer)}`,
    "",
    lines[0] as string,
    ...pictures.flatMap(({ why }, i) => [lines[i + 1] as string, `  ${why}`]),
    ...(faceless === undefined ? [] : ["", faceless]),
    ...(answer.approximate === undefined ? [] : ["", answer.approximate]),
  ].join("\n");
}

export const command = commandOf(page, async ([folder], { sheet, copy, plain, link, ...options }, terminal) => {
  checkSheetName("album", sheet);
  if (plain === true && copy === undefined) throw new OptionError("album: expected --plain with --copy, but got it alone.");
  if (copy !== undefined && link !== undefined) throw new OptionError("album: expected --copy or --link, but got both.");
  for (const target of [copy, link]) if (target !== undefined) refuseFilled("album", target);
  const { set, errors, ...answer } = await album(folder, { ...options, note: terminal.note }, terminal.live);
  terminal.endLive();
  terminal.print(formatAlbum(answer));
  tellOpened("album", { set, errors, shift: answer.shift }, terminal);
  await writeAskedSheet(sheet, () => albumSheet(set, answer), terminal);
  const target = copy ?? link;
  const how = link !== undefined ? "link" : plain === true ? "plain copy" : "clean copy";
  const photos = { root: set.root, paths: answer.pictures.map(({ path }) => path) };
  const taken = target === undefined ? undefined : await takeOut("album", photos, { folder: target, how });
  if (taken !== undefined) tellTaken(taken, `${wordsOf[how]}: ${target}`, terminal);
  terminal.result({ folder, ...answer, errors, remarks: set.remarks, sheet, taken });
  return taken?.some(({ error }) => error !== undefined) ? 1 : 0;
});

const wordsOf = {
  link: "links",
  "plain copy": "copies, with all metadata of the files",
  "clean copy": "copies, without metadata",
} as const;

function tellTaken(taken: readonly TakenOut[], what: string, terminal: Terminal): void {
  terminal.print(`\n${taken.filter(({ to }) => to !== undefined).length} ${what}`);
  for (const { path, error } of taken)
    if (error !== undefined) terminal.complain(`album: ${printable(path)} could not be taken out: ${error}`);
}
