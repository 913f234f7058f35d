import { formatTable } from "@semblant/core/internals";
import { readEmbeddings } from "@semblant/files";
import { isEmbeddingsName } from "@semblant/files/internals";
import { cluster, type FaceGroups } from "@semblant/photos";
import { checkSheetName, counted, howMany, noFaceFound, percent } from "@semblant/photos/internals";
import { clusterSheet } from "@semblant/photos/sheets";
import { writeAskedSheet } from "../flags/asked-sheet.ts";
import { dataAndOverrides } from "../flags/data-words.ts";
import { tellOpened, tellUnlike } from "../flags/opened-folder.ts";
import { refuseFolderOptions } from "../flags/refused-flags.ts";
import { isSpace, refuseMore } from "../flags/space.ts";
import { loadLab } from "../lab/load-lab.ts";
import { page } from "../pages/cluster.ts";
import { formatClustered } from "../tables/clustered-table.ts";
import { commandOf } from "../terminal/command.ts";
import { onlyGiven } from "../terminal/given.ts";

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
