import { formatTable } from "@semblant/core";
import { writeUnlessEdited } from "@semblant/files";
import { type Audit, type AuditFolderOptions, auditFolder, correctionsCsv, type DoubtfulFace } from "@semblant/photos";
import { auditSheet, checkSheetName, counted, facesTurned, noFaceFound, percent, writeSheet } from "@semblant/photos/sheets";
import { loadLab } from "../lab/load-lab.ts";
import type { CommandPage } from "../terminal/page.ts";
import { numberFrom, seedNumber, wholeNumber } from "../terminal/parse.ts";
import { refuseFolderOptions } from "./cluster-array.ts";
import type { CommandModule } from "./command.ts";
import { dataAndOverrides, dataFlag } from "./data-overrides.ts";
import { folderFlags, unreadableLine } from "./photo-folder.ts";
import { isSpace, refuseMore } from "./space.ts";
import { sheetFlag } from "./write-sheet.ts";

/** Lines of the table; the sheet and the CSV hold more. */
const SHOWN = 20;

export const page: CommandPage = {
  name: "audit",
  usage: "<folder|model> [data] [options]",
  sentence: "Look through a labelled folder (happy/a.jpg) or data set for faces whose label the model doubts, the worst first.",
  examples: [
    ["semblant audit faces/ --sheet audit.html", "to look through"],
    ["semblant audit faces/ --csv fixes.csv", "to edit and train with"],
    ["semblant audit best jaffe/", "a data set, labels as it has them"],
  ],
  arguments: ["<folder>", "[data]", "[settings...]"],
  options: [
    { flags: "--threshold <share>", text: "the least doubt that is listed, 0 to 1", default: "0.7", parse: numberFrom("threshold", 0, 1) },
    { flags: "-k, --neighbors <n>", text: "other faces of the folder that are asked", default: "11", parse: wholeNumber("neighbors", 1) },
    dataFlag,
    sheetFlag,
    {
      flags: "--csv <file>",
      writes: "file",
      text: "corrections that training reads: take out what is right after all; another table there is never written over",
    },
    ...folderFlags,
    { flags: "-s, --seed <n>", text: "of everything drawn by lot", default: "0", parse: seedNumber() },
  ],
  notes: [
    "With a model (best, small, a file of semblant export) and data, labels are those of the data set: file names, tables, folders. data.name=value says how it is read. --sheet is for folders.",
    "Three are asked: the model's own Gaussians, the Gaussians of the folder's other faces, and the nearest of these faces. A doubtful label may be wrong, or right of a face that is hard to read. Where the folder has no label for what the model sees, a person must decide. In the CSV an empty label leaves a picture out.",
  ],
};

/** The answer as a table, the worst first. */
export function formatAudit({ doubtful, faces, threshold, withoutFaces, turned, unlabeled }: Audit, more = "--sheet and --csv"): string {
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
  ]
    .filter((part) => part !== undefined)
    .join("\n\n");
}

export const command: CommandModule = {
  page,
  async run([folder, first, rest], given, terminal) {
    const { auditData } = await loadLab();
    const { data, overrides } = dataAndOverrides("audit", "<folder> or <model> <data>", first, rest, given.data);
    const {
      json: _json,
      quiet: _quiet,
      color: _color,
      data: _data,
      sheet,
      csv,
      neighbors: k,
      ...options
    } = given as Record<string, unknown>;
    checkSheetName("audit", sheet as string | undefined);
    if (isSpace(folder as string, data)) {
      refuseFolderOptions("audit", `the data of ${folder as string}`, given);
      const wanted = Object.entries({ data, k, threshold: options.threshold, seed: options.seed }).filter(
        ([, value]) => value !== undefined,
      );
      const { dataset, answer } = await auditData(folder as string, { ...Object.fromEntries(wanted), overrides }, terminal.live);
      terminal.endLive();
      terminal.print(`${dataset.name}, by ${folder as string}: ${formatAudit(answer, "--csv")}`);
      if (csv !== undefined) {
        await writeUnlessEdited(csv as string, correctionsCsv(answer.doubtful));
        terminal.print(`\ncorrections: ${csv as string} (look through them before you train)`);
      }
      terminal.result({ run: folder, dataset, ...answer, errors: [], ...(csv !== undefined && { csv }) });
      return 0;
    }
    refuseMore("audit", folder as string, data, overrides);
    const asked = { ...options, ...(k !== undefined && { k }), note: terminal.note } as AuditFolderOptions;
    const { set, answer, errors } = await auditFolder(folder as string, asked, terminal.live);
    terminal.endLive();
    terminal.print(formatAudit(answer));
    const unread = unreadableLine(errors);
    if (unread) terminal.complain(`audit: ${unread}`);
    for (const remark of set.remarks ?? []) terminal.note(`audit: ${remark}`);
    if (sheet !== undefined) {
      await writeSheet(sheet as string, auditSheet(set, answer), terminal.live);
      terminal.endLive();
      terminal.print(`\nsheet: ${sheet as string} (holds copies of faces)`);
    }
    if (csv !== undefined) {
      await writeUnlessEdited(csv as string, correctionsCsv(answer.doubtful));
      terminal.print(`\ncorrections: ${csv as string} (look through them before you train)`);
    }
    terminal.result({
      folder,
      ...answer,
      errors,
      ...(set.remarks && { remarks: set.remarks }),
      ...(sheet !== undefined && { sheet }),
      ...(csv !== undefined && { csv }),
    });
    return 0;
  },
};
