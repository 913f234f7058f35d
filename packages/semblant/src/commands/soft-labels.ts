import { OptionError } from "@semblant/core";
import { writeUnlessEdited } from "@semblant/files/internals";
import { loadLab } from "../lab/load-lab.ts";
import { page } from "../pages/soft-labels.ts";
import { commandOf } from "../terminal/command.ts";
import { onlyGiven } from "../terminal/given.ts";

export const command = commandOf(page, async ([teachers], { csv, data, labels, ...options }, terminal) => {
  const { softLabels, softLabelsCsv } = await loadLab();
  if (csv === undefined)
    throw new OptionError("soft-labels: expected --csv with the file to write, but got nothing.\n  See: semblant soft-labels --help");
  const soft = await softLabels(teachers, { ...options, data: onlyGiven({ source: data, labels }) }, terminal.live);
  await writeUnlessEdited(csv, softLabelsCsv(soft));
  terminal.endLive();
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  terminal.print(`${soft.ids.length} faces: ${csv}`);
  terminal.print(
    `Labels agreed with: ${soft.agreement.runs.map(percent).join(", ")}; all together, votes included: ${percent(soft.agreement.all)}`,
  );
  terminal.print(`To train with it:  semblant train data.softLabels=${csv} ...`);
  terminal.result({ csv, faces: soft.ids.length, agreement: soft.agreement });
  return 0;
});
