import { formatTable } from "@semblant/core";
import { type BestOfOptions, type BestShots, type BestShotsOptions, bestOf, isFolder, type Shot } from "@semblant/photos";
import { bestSheet, checkSheetName, counted, noFaceFound, percent, writeSheet } from "@semblant/photos/sheets";
import type { CommandPage } from "../terminal/page.ts";
import { wholeNumber } from "../terminal/parse.ts";
import type { CommandModule } from "./command.ts";
import { folderFlags, unreadableLine } from "./photo-folder.ts";
import { sheetFlag } from "./write-sheet.ts";

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
