import { formatTable } from "@semblant/core/internals";
import { writeUnlessEdited } from "@semblant/files/internals";
import { type Audit, audit, correctionsCsv, type DoubtfulFace } from "@semblant/photos";
import { checkSheetName, counted, facesTurned, noFaceFound, percent } from "@semblant/photos/internals";
import { auditSheet } from "@semblant/photos/sheets";
import { writeAskedSheet } from "../flags/asked-sheet.ts";
import { dataAndOverrides } from "../flags/data-words.ts";
import { tellOpened, tellUnlike } from "../flags/opened-folder.ts";
import { refuseFolderOptions } from "../flags/refused-flags.ts";
import { isSpace, refuseMore } from "../flags/space.ts";
import { loadLab } from "../lab/load-lab.ts";
import { page } from "../pages/audit.ts";
import { commandOf } from "../terminal/command.ts";
import { onlyGiven } from "../terminal/given.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** Lines of the table; the sheet and the CSV hold more. */
const SHOWN = 20;

/** The answer as a table, the worst first. */
export function formatAudit(
  { doubtful, faces, threshold, withoutFaces, turned, unlabeled, approximate }: Audit,
  more = "--sheet and --csv",
): string {
  const row = ({ path, given, suggested, forAPerson, doubt }: DoubtfulFace) => [
    path,
    given,
    forAPerson ? `${suggested} *` : suggested,
    percent(doubt),
  ];
  const rest = doubtful.length - SHOWN;
  const left = doubtful.filter(({ forAPerson }) => forAPerson).length;
  return [
    `${counted(doubtful.length, "doubtful label")} of ${counted(faces, "face")}, from a doubt of ${percent(threshold)} on`,
    ...(doubtful.length > 0 ? [formatTable([["", "label", "looks", "doubt"], ...doubtful.slice(0, SHOWN).map(row)])] : []),
    ...(rest > 0 ? [`and ${rest} more: see ${more}`] : []),
    ...(left > 0
      ? [`* no label of this folder: ${left === 1 ? "1 face is" : `${left} faces are`} left for you. The CSV keeps the label they have.`]
      : []),
    noFaceFound(withoutFaces, { noun: "labelled photo" }),
    facesTurned(turned),
    ...(unlabeled > 0 ? [`${counted(unlabeled, "photo")} in no folder that names a label`] : []),
    approximate,
  ]
    .filter((part) => part !== undefined)
    .join("\n\n");
}

export const command = commandOf(page, async ([folder, first, rest], given, terminal) => {
  const { auditData } = await loadLab();
  const asked = dataAndOverrides("audit", "<folder> or <model> <data>", [first, rest], given.data);
  const { data: _data, sheet, csv, ...options } = given;
  checkSheetName("audit", sheet);
  if (isSpace(folder, asked.data)) {
    refuseFolderOptions("audit", `the data of ${folder}`, given);
    const { k, threshold, seed } = options;
    const { dataset, answer, shift } = await auditData(folder, { ...asked, ...onlyGiven({ k, threshold, seed }) }, terminal.live);
    terminal.endLive();
    terminal.print(`${dataset.name}, by ${folder}: ${formatAudit(answer, "--csv")}`);
    tellUnlike(shift, terminal);
    await writeCorrections(csv, answer, terminal);
    terminal.result({ run: folder, dataset, ...answer, ...(shift && { shift }), errors: [], csv });
    return 0;
  }
  refuseMore("audit", folder, asked);
  const { set, errors, ...answer } = await audit(folder, { ...options, note: terminal.note }, terminal.live);
  terminal.endLive();
  terminal.print(formatAudit(answer));
  tellOpened("audit", { set, errors, shift: answer.shift }, terminal);
  await writeAskedSheet(sheet, () => auditSheet(set, answer), terminal);
  await writeCorrections(csv, answer, terminal);
  terminal.result({ folder, ...answer, errors, remarks: set.remarks, sheet, csv });
  return 0;
});

async function writeCorrections(csv: string | undefined, { doubtful }: Audit, terminal: Terminal): Promise<void> {
  if (csv === undefined) return;
  await writeUnlessEdited(csv, correctionsCsv(doubtful));
  terminal.print(`\ncorrections: ${csv} (look through them before you train)`);
}
