import { formatTable } from "@semblant/core/internals";
import { type BestShots, best, type Shot } from "@semblant/photos";
import { checkSheetName, counted, isFolder, noFaceFound, percent } from "@semblant/photos/internals";
import { bestSheet } from "@semblant/photos/sheets";
import { writeAskedSheet } from "../flags/asked-sheet.ts";
import { tellOpened } from "../flags/opened-folder.ts";
import { page } from "../pages/best.ts";
import { commandOf } from "../terminal/command.ts";
import { onlyGiven } from "../terminal/given.ts";

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
