import { OptionError } from "@semblant/core";
import type { FaceSet } from "../library/face-set.ts";
import { type BestShots, type BestShotsOptions, bestShots, type Shot } from "../questions/best.ts";
import { bestSheet } from "../sheets/best-sheet.ts";
import { noFaceFound } from "../sheets/no-face.ts";
import { counted, percent } from "../sheets/sheet.ts";
import type { CommandPage } from "../terminal/page.ts";
import { wholeNumber } from "../terminal/parse.ts";
import { formatTable } from "../terminal/table.ts";
import type { CommandModule } from "./command.ts";
import { isFolder, openPhotoFiles } from "./photo-files.ts";
import { folderFlags, openPhotoFolder, type PhotoFolderOptions, unreadableLine } from "./photo-folder.ts";
import { checkSheetName, sheetFlag, writeSheet } from "./write-sheet.ts";

export const page: CommandPage = {
  name: "best",
  usage: "<folder | photos...> [options]",
  sentence: "Find the best shot of each burst and group photo: everyone's expression, open eyes, sharpness.",
  examples: [
    ["semblant best photos/ --sheet best.html", "of each moment in a folder"],
    ["semblant best a.jpg b.jpg c.jpg", "of these"],
    ["semblant best photos/ --expression neutral", "for a passport, say"],
  ],
  arguments: ["<photos...>"],
  options: [
    {
      flags: "-e, --expression <name>",
      text: "the look that is wanted of all; any for open eyes and sharpness alone",
      default: "happiness",
    },
    { flags: "--seconds <n>", text: "longest time between two shots of one moment", default: "30", parse: wholeNumber("seconds") },
    { flags: "--bits <n>", text: "of 64 in which their pictures differ at most", default: "12", parse: wholeNumber("bits") },
    sheetFlag,
    ...folderFlags,
  ],
  notes: [
    "Every face counts: the worst is half of a shot's score, the next a quarter, and so on; a face that a shot lacks counts as a bad one. Photos that are named one by one are taken for shots of one moment.",
  ],
};

export type BestOfOptions = PhotoFolderOptions & BestShotsOptions;

/** The best shots of a folder, or of photos that are named. */
export interface BestOf {
  readonly set: FaceSet;
  readonly answer: BestShots;
  readonly errors: readonly { readonly path: string; readonly reason: string }[];
}

/**
 * The best shots: of each moment in a folder, or of photos named one by one, which are taken for shots of one moment; see {@link bestShots}.
 *
 * @throws what {@link bestShots}, opening the folder and reading photos throw
 */
export async function bestOf(
  photos: string | readonly string[],
  options: BestOfOptions = {},
  progress: (text: string) => void = () => {},
): Promise<BestOf> {
  const { expression, oneMoment, nearDuplicates, ...of } = options;
  const paths = typeof photos === "string" ? [photos] : photos;
  const folder = paths.length === 1 && isFolder(paths[0] as string) ? (paths[0] as string) : undefined;
  if (folder === undefined && of.filter !== undefined) throw new OptionError("best: expected a folder for a filter, but got photos.");
  const opened =
    folder === undefined
      ? await openPhotoFiles("best", paths, filesOnly(of), progress)
      : await openPhotoFolder("best", folder, of, progress);
  const together = oneMoment ?? folder === undefined;
  const answer = bestShots(opened.set, {
    ...(expression !== undefined && { expression }),
    ...(nearDuplicates !== undefined && { nearDuplicates }),
    oneMoment: together,
  });
  return { set: opened.set, answer, errors: opened.errors };
}

function filesOnly({ model, reader }: PhotoFolderOptions) {
  return { ...(model !== undefined && { model }), ...(reader !== undefined && { reader }) };
}

/** The answer as a table, a block a moment. */
export function formatBest({ bursts, singles, photos, expression, withoutFaces }: BestShots): string {
  const wanted = expression === "any" ? "open eyes and sharpness" : `${expression}, open eyes, sharpness`;
  const blocks = bursts.map(({ shots }) => formatTable([["", "score", "worst face", "missing"], ...shots.map(row)]));
  const among = `of several shots among ${counted(photos, "photo")}; ${singles} alone`;
  return [
    bursts.length === 0 ? `No moment ${among}` : `${counted(bursts.length, "moment")} ${among}. By ${wanted}; the best first`,
    ...blocks,
    noFaceFound(withoutFaces, { so: "not judged" }),
  ]
    .filter((part) => part !== undefined)
    .join("\n\n");
}

function row({ path, score, faces, worst, missing }: Shot): string[] {
  const face = faces.find((one) => one.face === worst);
  const parts = face && [
    ...(face.wanted === undefined ? [] : [`look ${percent(face.wanted)}`]),
    ...(face.eyesOpen === undefined ? [] : [`eyes ${percent(face.eyesOpen)}`]),
    `sharp ${percent(face.sharpness)}`,
  ];
  return [path, score.toFixed(2), parts?.join(", ") ?? "no face", `${missing}`];
}

export const command: CommandModule = {
  page,
  async run([photos], given, terminal) {
    const { json: _json, quiet: _quiet, color: _color, sheet, seconds, bits, ...options } = given as Record<string, unknown>;
    checkSheetName("best", sheet as string | undefined);
    const near = { ...(seconds !== undefined && { seconds }), ...(bits !== undefined && { bits }) } as BestShotsOptions["nearDuplicates"];
    const asked = { ...options, ...(Object.keys(near ?? {}).length > 0 && { nearDuplicates: near }), note: terminal.note } as BestOfOptions;
    const { set, answer, errors } = await bestOf(photos as string[], asked, terminal.live);
    terminal.endLive();
    terminal.print(formatBest(answer));
    const unread = unreadableLine(errors);
    if (unread) terminal.complain(`best: ${unread}`);
    for (const remark of set.remarks ?? []) terminal.note(`best: ${remark}`);
    if (sheet !== undefined) {
      await writeSheet(sheet as string, bestSheet(set, answer), terminal.live);
      terminal.endLive();
      terminal.print(`\nsheet: ${sheet as string} (holds copies of faces)`);
    }
    terminal.result({ ...answer, errors, ...(set.remarks && { remarks: set.remarks }), ...(sheet !== undefined && { sheet }) });
    const named = !((photos as string[]).length === 1 && isFolder((photos as string[])[0] as string));
    return named && errors.length > 0 ? 1 : 0;
  },
};
