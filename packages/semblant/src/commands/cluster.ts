import { formatTable } from "@semblant/core/internals";
import { readEmbeddings } from "@semblant/files";
import { isEmbeddingsName } from "@semblant/files/internals";
import { cluster, type FaceGroups } from "@semblant/photos";
import { checkSheetName, counted, howMany, noFaceFound, percent } from "@semblant/photos/internals";
import { clusterSheet } from "@semblant/photos/sheets";
import { dataAndOverrides, dataFlag } from "../flags/data-words.ts";
import { folderFlags } from "../flags/folder-flags.ts";
import { tellOpened, tellUnlike } from "../flags/opened-folder.ts";
import { refuseFolderOptions } from "../flags/refused-flags.ts";
import { seedFlag } from "../flags/seed-flag.ts";
import { sheetFlag, writeAskedSheet } from "../flags/sheet-flag.ts";
import { isSpace, refuseMore } from "../flags/space.ts";
import { loadLab } from "../lab/load-lab.ts";
import { formatClustered } from "../tables/clustered-table.ts";
import { commandOf } from "../terminal/command.ts";
import type { CommandPage } from "../terminal/declaration.ts";
import { onlyGiven } from "../terminal/given.ts";
import { numberFrom, wholeNumber } from "../terminal/parse.ts";

export const page = {
  name: "cluster",
  group: "photos",
  place: 4,
  usage: "<folder|embeddings|run|model> [data] [options]",
  sentence: "Group the faces in a folder of photos, of a data set, or exported embeddings, by expression.",
  examples: [
    ["semblant cluster photos/", "as many as there are"],
    ["semblant cluster faces.npy -k 8 --json", "the rows of semblant embed"],
    ["semblant cluster best jaffe/ -k 7", "a data set, by a model"],
  ],
  arguments: ["<folder>", "[data]", "[settings...]"],
  options: [
    { flags: "-k, --groups <n>", name: "k", text: "how many", default: "what the faces speak for (BIC)", parse: wholeNumber("groups", 1) },
    {
      flags: "--similarity <share>",
      text: "instead: how alike faces of a group are, 0 (all in one) to 1 (each alone); one class is about 0.4 alike",
      parse: numberFrom("similarity", 0, 1),
    },
    { flags: "--top <n>", text: "faces shown per group, nearest to its medoid", default: "16", parse: wholeNumber("top", 1) },
    { flags: "--least <n>", text: "faces that make a group, at least", default: "1; 2 by similarity", parse: wholeNumber("least", 1) },
    dataFlag,
    sheetFlag,
    ...folderFlags,
    seedFlag,
  ],
  notes: [
    "A run, or a model (best, small, posed, a file of semblant export or adapt), groups the faces of a data set, with or " +
      "without labels. data.name=value says how it is read. --sheet is for folders of photos.",
    "Embeddings are .npy, .parquet or .tsv as semblant embed or other programs write them.",
    "Of more than 3,000 faces, groups are found among 3,000 drawn at random. By similarity, all pairs of up to 2,000 faces are compared; " +
      "of more, pairs of faces that lie near. The answer says so.",
    "What was said of pairs of faces in the library (must be together, must be apart) is kept.",
  ],
} as const satisfies CommandPage;

/** The answer as a table. */
export function formatGroups({ groups, alone, method, faces, corrections, fewer, withoutFaces, approximate }: FaceGroups): string {
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
    `${counted(faces, "face")} ` +
      `in ${counted(groups.length, "group")}, ${how}${alone.length > 0 ? `; ${counted(alone.length, "face")} in none` : ""}`,
    ...(kept > 0 ? [`what was said of ${counted(kept, "pair")} was kept`] : []),
    "",
    formatTable([["", "faces", "share", "look so", "medoid", "in"], ...rows]),
    ...(faceless === undefined ? [] : ["", faceless]),
    ...(approximate === undefined ? [] : ["", approximate]),
  ].join("\n");
}

export const command = commandOf(page, async ([folder, first, rest], given, terminal) => {
  const { clusterData } = await loadLab();
  const asked = dataAndOverrides("cluster", "<folder> or <run|model> <data>", [first, rest], given.data);
  const { data: _data, sheet, ...options } = given;
  const { k, top, least, seed } = options;
  const grouping = onlyGiven({ k, top, least, seed });
  checkSheetName("cluster", sheet);
  if (isEmbeddingsName(folder)) {
    refuseMore("cluster", folder, asked);
    refuseFolderOptions("cluster", `the embeddings ${folder}`, given);
    const answer = await cluster(await readEmbeddings(folder), grouping);
    terminal.print(formatClustered(answer));
    terminal.result({ file: folder, ...answer });
    return 0;
  }
  if (isSpace(folder, asked.data)) {
    refuseFolderOptions("cluster", `the data of ${folder}`, given);
    const answer = await clusterData(folder, { ...asked, ...grouping }, terminal.live);
    terminal.endLive();
    terminal.print(`${answer.dataset.name}, by ${folder}: ${formatClustered(answer, "face")}`);
    tellUnlike(answer.shift, terminal);
    terminal.result({ run: folder, ...answer });
    return 0;
  }
  refuseMore("cluster", folder, asked);
  const { set, errors, ...answer } = await cluster(folder, { ...options, note: terminal.note }, terminal.live);
  terminal.endLive();
  terminal.print(formatGroups(answer));
  tellOpened("cluster", { set, errors, shift: answer.shift }, terminal);
  await writeAskedSheet(sheet, () => clusterSheet(set, answer), terminal);
  terminal.result({ folder, ...answer, errors, remarks: set.remarks, sheet });
  return 0;
});
