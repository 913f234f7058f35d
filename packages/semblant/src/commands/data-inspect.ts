import { dataOverrides } from "../flags/data-words.ts";
import { loadLab } from "../lab/load-lab.ts";
import { page } from "../pages/data-inspect.ts";
import { commandOf } from "../terminal/command.ts";
import { onlyGiven } from "../terminal/given.ts";

export const command = commandOf(page, async ([path, settings], { labels, all }, terminal) => {
  const { formatInspection, inspectData } = await loadLab();
  const overrides = dataOverrides("data inspect", "<path>", settings);
  const inspection = await inspectData(path, { ...onlyGiven({ labels }), overrides }, terminal.live);
  terminal.endLive();
  terminal.print(formatInspection(inspection, all ? { most: Number.POSITIVE_INFINITY } : {}).join("\n"));
  terminal.result(inspection);
  return inspection.faults.some(({ stops }) => stops) ? 1 : 0;
});
