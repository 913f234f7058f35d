import { formatTable } from "@semblant/core/internals";
import { type BestShots, best, type Shot } from "@semblant/photos";
import { checkSheetName, counted, isFolder, noFaceFound, percent } from "@semblant/photos/internals";
import { bestSheet } from "@semblant/photos/sheets";
import { folderFlags } from "../flags/folder-flags.ts";
import { tellOpened } from "../flags/opened-folder.ts";
import { sheetFlag, writeAskedSheet } from "../flags/sheet-flag.ts";
import { commandOf } from "../terminal/command.ts";
import type { CommandPage } from "../terminal/declaration.ts";
import { onlyGiven } from "../terminal/given.ts";
import { wholeNumber } from "../terminal/parse.ts";

export const page = {
  name: "best",
  group: "photos",
  place: 6,
  usage: "<folder | photos...> [options]",
  sentence: "Find the best shot of each burst and group photo, by everyone's expression, open eyes and sharpness.",
  examples: [
    ["semblant best photos/ --sheet best.html", "of each moment in a folder"],
    ["semblant best a.jpg b.jpg c.jpg", "of these"],
    ["semblant best photos/ --expression neutral", "for a passport, say"],
  ],
  arguments: ["<photos...>"],
  options: [
    {
      flags: "-e, --expression <name>",
      text: "the look that all should have; any judges open eyes and sharpness alone",
      default: "happiness",
    },
    { flags: "--seconds <n>", text: "longest time between two shots of one moment", default: "30", parse: wholeNumber("seconds") },
    { flags: "--bits <n>", text: "of 64 in which their pictures differ at most", default: "12", parse: wholeNumber("bits") },
    sheetFlag,
    ...folderFlags,
  ],
  notes: [
    "Every face counts: the worst is half of a shot's score, the next a quarter, and so on. A face that " +
      "a shot lacks counts as a bad one. Photos that are named one by one are taken for shots of one moment.",
  ],
} as const satisfies CommandPage;

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

export const command = commandOf(page, async ([photos], { sheet, seconds, bits, ...options }, terminal) => {
  checkSheetName("best", sheet);
  const asked = { ...options, nearDuplicates: onlyGiven({ seconds, bits }), note: terminal.note };
  const { set, errors, ...answer } = await best(photos, asked, terminal.live);
  terminal.endLive();
  terminal.print(formatBest(answer));
  tellOpened("best", { set, errors, shift: answer.shift }, terminal);
  await writeAskedSheet(sheet, () => bestSheet(set, answer), terminal);
  terminal.result({ ...answer, errors, remarks: set.remarks, sheet });
  const [folder] = photos;
  const named = photos.length > 1 || folder === undefined || !isFolder(folder);
  return named && errors.length > 0 ? 1 : 0;
});
