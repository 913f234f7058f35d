import { createHash } from "node:crypto";
import { Random } from "@semblant/core";
import { type ProcessGroup, seed, tidy, zeros } from "@semblant/torch";
import { refuseOtherFacts } from "../distributed/same-facts.ts";
import { saidByRank0 } from "../distributed/tell.ts";
import { tellTensors } from "../distributed/tell-tensors.ts";
import type { BatchState } from "./batches.ts";
import type { Progress } from "./progress.ts";
import type { Training } from "./set-up.ts";

/** Where rank 0 stands, beside its tensors. */
interface Start {
  readonly progress: Omit<Progress, "bestWeights">;
  readonly batches: BatchState;
  readonly optimizerStep: number;
  /** What the optimizer remembers, by name, and its shape. */
  readonly memories: readonly (readonly [name: string, shape: readonly number[]])[];
}

/**
 * Stops all ranks where one trains something else than rank 0. Where the data lie, on which of its GPUs a rank computes and how often a
 * checkpoint is written may differ.
 *
 * @throws OptionError or DataError that names the first difference and the rank
 */
export function refuseUnlikeRanks(group: ProcessGroup, training: Training): void {
  const { network, loss, images, classes, digest, steps, precision, device, validationImages } = training;
  const { data: _data, network: _network, loss: _loss, device: _device, checkpoint: _checkpoint, ...settings } = training.settings;
  refuseOtherFacts(group, {
    versions: {}, // said before all else
    settings: {
      network: network.settings,
      loss: { name: loss.name, ...loss.settings },
      ...settings,
      precision,
      device: device.split(":")[0],
      steps,
    },
    data: {
      classes,
      "training images": images.images.count,
      "validation images": validationImages,
      ...digest(),
      "sub-classes": digestOfTargets(training),
    },
  });
}

/** What is learned of each image, where sub-classes stand for the data's own classes. */
function digestOfTargets({ images: { classes, labels, votes } }: Training): string {
  const sum = createHash("sha256").update(JSON.stringify(classes)).update(labels);
  return (votes === undefined ? sum : sum.update(votes)).digest("hex").slice(0, 12);
}

/**
 * Puts every rank where rank 0 stands: weights, their average, what the optimizer remembers, and what batches are drawn from next. What
 * comes back is rank 0's progress. Each rank's own generator of libtorch, which draws dropout, goes on from its own seed.
 */
export function startLikeRank0(group: ProcessGroup, training: Training, progress: Progress): Progress {
  const { weights, average, optimizer, batches, settings } = training;
  const start = JSON.parse(saidByRank0(group, "start", () => JSON.stringify(startOf(training, progress)))) as Start;
  if (group.rank !== 0) {
    batches.resume(start.batches);
    tidy(() => {
      const tensors = new Map(start.memories.map(([name, shape]) => [name, zeros(shape)]));
      optimizer.loadState({ step: start.optimizerStep, tensors });
    });
    seed(new Random(settings.seed).fork(`rank ${group.rank} after step ${start.progress.step}`).integer(2 ** 32));
  }
  for (const tensors of [weights, average?.tensors() ?? new Map(), optimizer.state().tensors]) tellTensors(group, tensors.values());
  return { ...start.progress, ...(progress.bestWeights && { bestWeights: progress.bestWeights }) };
}

function startOf({ batches, optimizer }: Training, { bestWeights: _bestWeights, ...progress }: Progress): Start {
  const { step, tensors } = optimizer.state();
  return { progress, batches: batches.state(), optimizerStep: step, memories: [...tensors].map(([name, { shape }]) => [name, shape]) };
}
