import { formatTable, printable } from "@semblant/core/internals";
import { type ClassifiedFace, type ClassifiedFaces, classify, lookOf } from "@semblant/photos";
import { checkSheetName, noFaceFound, percent } from "@semblant/photos/internals";
import { classifySheet } from "@semblant/photos/sheets";
import { writeAskedSheet } from "../flags/asked-sheet.ts";
import { tellUnlike } from "../flags/opened-folder.ts";
import { page } from "../pages/classify.ts";
import { commandOf } from "../terminal/command.ts";

/** The answer as a table, a line a face. */
export function formatClassified({ faces, classes, withoutFaces }: ClassifiedFaces): string {
  const row = ({ path, distribution, verdict, expression, box }: ClassifiedFace) => {
    const [, second] = [...classes.keys()].sort((a, b) => (distribution[b] as number) - (distribution[a] as number)) as [number, number];
    const said = verdict === "named" ? lookOf(expression) : verdict === "corrected" ? `${lookOf(expression)} (corrected)` : verdict;
    const first = `${expression} ${percent(distribution[classes.indexOf(expression)] ?? 1)}`;
    const next = second === undefined ? "" : `${classes[second]} ${percent(distribution[second] as number)}`;
    const [x, y] = [box.x, box.y].map((from) => Math.max(0, Math.round(from))); // a box may begin outside its photo
    return [path, `${x},${y}`, said, ...(verdict === "turned" ? ["", ""] : [first, next])];
  };
  return [
    ...(faces.length > 0 ? [formatTable([["", "face at", "looks", "most", "next"], ...faces.map(row)])] : ["no faces"]),
    noFaceFound(withoutFaces),
  ]
    .filter((part) => part !== undefined)
    .join("\n\n");
}

export const command = commandOf(page, async ([photos], { sheet, ...options }, terminal) => {
  checkSheetName("classify", sheet);
  const { set, errors, ...answer } = await classify(photos, { ...options, note: terminal.note }, terminal.live);
  terminal.endLive();
  terminal.print(formatClassified(answer));
  for (const { path, reason } of errors) terminal.complain(`classify: ${printable(path)} could not be read: ${reason}`);
  if (set.remarks !== undefined) terminal.print(`\n${set.remarks.join("\n")}`);
  tellUnlike(answer.shift, terminal);
  await writeAskedSheet(sheet, () => classifySheet(set, answer), terminal);
  terminal.result({ ...answer, errors, remarks: set.remarks, sheet });
  return errors.length > 0 ? 1 : 0;
});
