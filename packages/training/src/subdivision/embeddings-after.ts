import type { Embeddings } from "@semblant/core";
import type { Dataset } from "@semblant/datasets";
import type { ProcessGroup } from "@semblant/torch";
import { buildLoss, buildNetwork } from "../building/build.ts";
import { embedTogether } from "../distributed/embed-together.ts";
import { everyRank } from "../distributed/every-rank.ts";
import { isFirst } from "../distributed/of-rank0.ts";
import { tellTensors } from "../distributed/tell-tensors.ts";
import { type LoadedRun, loadRun } from "../runs/load-run.ts";
import { levelFolder, type SubdivisionFolder } from "./folder.ts";

/** Training and validation images in the space that a level ended with. Of several ranks each embeds its part of them. */
export function embeddingsAfter(
  folder: SubdivisionFolder,
  level: number,
  data: Dataset,
  group: ProcessGroup | undefined,
): { readonly train: Embeddings; readonly validation: Embeddings } {
  const { settings } = folder;
  const { network, loss } = everyRank(group, "network", () => (isFirst(group) ? readLearned(folder, level) : likeLearned(folder, data)));
  const options = { precision: settings.precision, normalize: loss.normalized ?? false };
  try {
    if (group !== undefined) tellTensors(group, network.stateDict().values());
    return {
      train: embedTogether(network, data.train, options, group),
      validation: embedTogether(network, data.validation, options, group),
    };
  } finally {
    network.dispose();
    loss.module?.dispose();
  }
}

const readLearned = ({ dir, settings }: SubdivisionFolder, level: number) => loadRun(levelFolder(dir, level), { device: settings.device });

/** A network that is still to be told its weights. */
function likeLearned({ settings }: SubdivisionFolder, { classes }: Dataset): Pick<LoadedRun, "network" | "loss"> {
  const network = buildNetwork(settings, classes.length);
  network.to({ device: settings.device, memoryFormat: "channelsLast" }).eval();
  return { network, loss: buildLoss(settings, classes.length) };
}
