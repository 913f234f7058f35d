import { formatTable } from "@semblant/core/internals";
import { writeUnlessEdited } from "@semblant/files/internals";
import { type Audit, audit, correctionsCsv, type DoubtfulFace } from "@semblant/photos";
import { checkSheetName, counted, facesTurned, noFaceFound, percent } from "@semblant/photos/internals";
import { auditSheet } from "@semblant/photos/sheets";
import { dataAndOverrides, dataFlag } from "../flags/data-words.ts";
import { folderFlags } from "../flags/folder-flags.ts";
import { tellOpened, tellUnlike } from "../flags/opened-folder.ts";
import { refuseFolderOptions } from "../flags/refused-flags.ts";
import { seedFlag } from "../flags/seed-flag.ts";
import { sheetFlag, writeAskedSheet } from "../flags/sheet-flag.ts";
import { isSpace, refuseMore } from "../flags/space.ts";
import { loadLab } from "../lab/load-lab.ts";
import { commandOf } from "../terminal/command.ts";
import type { CommandPage } from "../terminal/declaration.ts";
import { onlyGiven } from "../terminal/given.ts";
import { numberFrom, wholeNumber } from "../terminal/parse.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** Lines of the table; the sheet and the CSV hold more. */
const SHOWN = 20;

export const page = {
  name: "audit",
  group: "photos",
  place: 7,
  usage: "<folder|model> [data] [options]",
  sentence: "Find the faces whose label the model doubts, in a labelled folder (happy/a.jpg) or a data set, the worst first.",
  examples: [
    ["semblant audit faces/ --sheet audit.html", "to look through"],
    ["semblant audit faces/ --csv fixes.csv", "to edit and train with"],
    ["semblant audit best jaffe/", "a data set, labels as it has them"],
  ],
  arguments: ["<folder>", "[data]", "[settings...]"],
  options: [
    { flags: "--threshold <share>", text: "the least doubt that is listed, 0 to 1", default: "0.7", parse: numberFrom("threshold", 0, 1) },
    {
      flags: "-k, --neighbors <n>",
      name: "k",
      text: "other faces of the folder that are asked",
      default: "11",
      parse: wholeNumber("neighbors", 1),
    },
    dataFlag,
    sheetFlag,
    {
      flags: "--csv <file>",
      writes: "file",
      text: "corrections that train reads; delete the lines that are wrong. Another table there is never written over",
    },
    ...folderFlags,
    seedFlag,
  ],
  notes: [
    "With a model (best, small, posed, a file of semblant export or adapt) and data, labels are those of the data set: " +
      "file names, tables, folders. data.name=value says how it is read. --sheet is for folders.",
    "Three judge each label: the Gaussians of the model, the Gaussians of the folder's other faces, and " +
      "the nearest of these faces. A doubtful label may be wrong. It may also be right, of a face that is " +
      "hard to read. Where the folder has no label for what the model sees, a person must decide. In the " +
      "CSV an empty label leaves a picture out.",
    "Of more than 30,000 faces, the nearest are looked for among those of near cells: 99 in 100 are found. The answer says so.",
  ],
} as const satisfies CommandPage;

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
