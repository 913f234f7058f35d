import { formatTable } from "@semblant/core";
import { isEmbeddingsName, readEmbeddings } from "@semblant/files";
import {
  type ClusterEmbeddingsOptions,
  type ClusterFolderOptions,
  clusterEmbeddings,
  clusterFolder,
  type FaceGroups,
  howMany,
  refuseMoreThan,
} from "@semblant/photos";
import { checkSheetName, clusterSheet, counted, noFaceFound, percent, writeSheet } from "@semblant/photos/sheets";
import { loadLab } from "../lab/load-lab.ts";
import type { CommandPage } from "../terminal/page.ts";
import { numberFrom, seedNumber, wholeNumber } from "../terminal/parse.ts";
import { formatClustered, refuseFolderOptions } from "./cluster-array.ts";
import type { CommandModule } from "./command.ts";
import { dataAndOverrides, dataFlag } from "./data-overrides.ts";
import { folderFlags, unreadableLine } from "./photo-folder.ts";
import { isSpace, refuseMore } from "./space.ts";
import { sheetFlag } from "./write-sheet.ts";

export const page: CommandPage = {
  name: "cluster",
  usage: "<folder|embeddings|run|model> [data] [options]",
  sentence: "Group the faces in a folder of photos, of a data set, or exported embeddings, by expression.",
  examples: [
    ["semblant cluster photos/", "as many as there are"],
    ["semblant cluster faces.npy -k 8 --json", "the rows of semblant embed"],
    ["semblant cluster best jaffe/ -k 7", "a data set, by a model"],
  ],
  arguments: ["<folder>", "[data]", "[settings...]"],
  options: [
    { flags: "-k, --groups <n>", text: "how many", default: "what the faces speak for (BIC)", parse: wholeNumber("groups", 1) },
    {
      flags: "--similarity <share>",
      text: "instead: how alike faces of a group are, 0 (all in one) to 1 (each alone); one class is about 0.4 alike",
      parse: numberFrom("similarity", 0, 1),
    },
    { flags: "--top <n>", text: "faces shown of each, nearest to its medoid", default: "16", parse: wholeNumber("top", 1) },
    { flags: "--least <n>", text: "smaller groups are none", default: "1; 2 by similarity", parse: wholeNumber("least", 1) },
    dataFlag,
    sheetFlag,
    ...folderFlags,
    { flags: "-s, --seed <n>", text: "of everything drawn by lot", default: "0", parse: seedNumber() },
  ],
  notes: [
    "A run, or a model (best, small, a file of semblant export), groups the faces of a data set, with or without labels; data.name=value says how it is read. --sheet is for folders of photos.",
    "Embeddings are .npy, .parquet or .tsv as semblant embed or other programs write them.",
    "What was said of pairs of faces in the library (must be together, must be apart) is kept.",
  ],
};

/** The answer as a table. */
export function formatGroups({ groups, alone, method, faces, corrections, fewer, withoutFaces }: FaceGroups): string {
  const how = howMany(method, fewer);
  const rows = groups.map(({ name, size, share, purity, medoid }) => [
    name,
    `${size}`,
    percent(share),
    percent(purity),
    `#${medoid.face}`,
    medoid.path,
  ]);
  const faceless = noFaceFound(withoutFaces, { so: "in no group" });
  const kept = corrections.together + corrections.apart;
  return [
    `${counted(faces, "face")} in ${counted(groups.length, "group")}, ${how}${alone.length > 0 ? `; ${counted(alone.length, "face")} in none` : ""}`,
    ...(kept > 0 ? [`what was said of ${counted(kept, "pair")} was kept`] : []),
    "",
    formatTable([["", "faces", "share", "look so", "medoid", "in"], ...rows]),
    ...(faceless === undefined ? [] : ["", faceless]),
  ].join("\n");
}

export const command: CommandModule = {
  page,
  async run([folder, first, rest], given, terminal) {
    const { clusterData } = await loadLab();
    const { data, overrides } = dataAndOverrides("cluster", "<folder> or <run|model> <data>", first, rest, given.data);
    const { json: _json, quiet: _quiet, color: _color, data: _data, sheet, groups: k, ...options } = given as Record<string, unknown>;
    checkSheetName("cluster", sheet as string | undefined);
    if (isEmbeddingsName(folder as string)) {
      refuseMore("cluster", folder as string, data, overrides);
      refuseFolderOptions("cluster", `the embeddings ${folder as string}`, given);
      const { top, least, seed } = options as ClusterEmbeddingsOptions;
      const wanted = Object.entries({ k, top, least, seed }).filter(([, value]) => value !== undefined);
      const X = await readEmbeddings(folder as string);
      refuseMoreThan(X.rows, "rows", k as number | undefined);
      const answer = clusterEmbeddings(X, Object.fromEntries(wanted));
      terminal.print(formatClustered(answer));
      terminal.result({ file: folder, ...answer });
      return 0;
    }
    if (isSpace(folder as string, data)) {
      refuseFolderOptions("cluster", `the data of ${folder as string}`, given);
      const { top, least, seed } = options as ClusterEmbeddingsOptions;
      const wanted = Object.entries({ data, k, top, least, seed }).filter(([, value]) => value !== undefined);
      const answer = await clusterData(folder as string, { ...Object.fromEntries(wanted), overrides }, terminal.live);
      terminal.endLive();
      terminal.print(`${answer.dataset.name}, by ${folder as string}: ${formatClustered(answer, "face")}`);
      terminal.result({ run: folder, ...answer });
      return 0;
    }
    refuseMore("cluster", folder as string, data, overrides);
    const asked = { ...options, ...(k !== undefined && { k }), note: terminal.note } as ClusterFolderOptions;
    const { set, answer, errors } = await clusterFolder(folder as string, asked, terminal.live);
    terminal.endLive();
    terminal.print(formatGroups(answer));
    const unread = unreadableLine(errors);
    if (unread) terminal.complain(`cluster: ${unread}`);
    for (const remark of set.remarks ?? []) terminal.note(`cluster: ${remark}`);
    if (sheet !== undefined) {
      await writeSheet(sheet as string, clusterSheet(set, answer), terminal.live);
      terminal.endLive();
      terminal.print(`\nsheet: ${sheet as string} (holds copies of faces)`);
    }
    terminal.result({ folder, ...answer, errors, ...(set.remarks && { remarks: set.remarks }), ...(sheet !== undefined && { sheet }) });
    return 0;
  },
};
