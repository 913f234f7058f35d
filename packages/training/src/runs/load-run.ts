import { DataError } from "@semblant/core";
import { noGrad, tidy } from "@semblant/torch";
import { buildLoss, buildNetwork } from "../building/build.ts";
import type { Loss } from "../losses/loss.ts";
import type { EmbeddingNetwork } from "../networks/embedding-network.ts";
import type { Settings } from "../settings/setting-types.ts";
import { resolveDevice } from "../steps/precision.ts";
import { withPrefix } from "./checkpoint.ts";
import type { DataDigest } from "./data-digest.ts";
import { anotherTry, lostAt } from "./lost-run.ts";
import { openRun, type Run } from "./run.ts";

/** What a run has learned, ready for use. */
export interface LoadedRun {
  readonly settings: Settings;
  /** In eval mode, on the device asked for. */
  readonly network: EmbeddingNetwork;
  /** With its own weights, where it has any: `loss.posterior` is then the classifier. */
  readonly loss: Loss;
  readonly classes: readonly string[];
  /** The step after which the weights were so. */
  readonly step: number;
  /** The data that it was trained on; absent from runs of earlier versions. */
  readonly data?: DataDigest;
}

export interface LoadRunOptions {
  /** `best` by the validation metric (by default), or the `last` that training goes on from, without their average. */
  readonly which?: "best" | "last";
  /** Where to put the weights; by default a GPU where there is one. */
  readonly device?: string;
}

/**
 * Reads the network and the loss of a run, while it trains or afterwards.
 *
 * @throws DataError if there is no run, it has no checkpoint yet, or the checkpoint does not fit its settings
 *
 * @example
 * loadRun("runs/nothing"); // throws DataError: run at runs/nothing: there is no such folder.
 */
export function loadRun(dir: string, { which = "best", device = "auto" }: LoadRunOptions = {}): LoadedRun {
  const run = openRun(dir);
  const checkpoint = which === "best" ? bestOf(run) : run.last();
  if (checkpoint === undefined) {
    if (run.checkpointed === true || run.begun) {
      const advice = which === "best" && run.begun ? "Its last weights may do (--weights last)." : "Put it back, or train anew.";
      throw new DataError(`run at ${dir}: expected the file ${which}.safetensors, which was written, but it is gone.\n  ${advice}`);
    }
    const lost = lostAt(run);
    if (lost !== undefined) {
      throw new DataError(
        `run at ${dir}: no file ${which}.safetensors.\n  The training was lost at step ${lost.step}, and ` +
          `nothing could be saved. ${anotherTry(run.settings)}`,
      );
    }
    throw new DataError(
      `run at ${dir}: no file ${which}.safetensors yet.\n  The first checkpoint has not been written; go on with the training.`,
    );
  }
  const { tensors, state } = checkpoint;
  const network = buildNetwork(run.settings, state.classes.length);
  const loss = buildLoss(run.settings, state.classes.length);
  const ofNetwork =
    which === "last" ? withPrefix(tensors, "network.") : new Map([...tensors].filter(([name]) => !name.startsWith("loss.")));
  const strange = noGrad(() => tidy(() => [...ofNetwork].find(([, values]) => values.isFinite().all().item() === 0)?.[0]));
  try {
    if (strange !== undefined) throw new DataError(`expected finite weights, but ${strange} has others.`);
    network.loadStateDict(ofNetwork);
    loss.module?.loadStateDict(withPrefix(tensors, "loss."));
  } catch (cause) {
    throw new DataError(`run at ${dir}: ${which}.safetensors does not fit its settings: ${(cause as Error).message}`, { cause });
  } finally {
    for (const tensor of tensors.values()) tensor.dispose();
  }
  const place = resolveDevice(device);
  network.to({ device: place, memoryFormat: "channelsLast" }).eval();
  loss.module?.to(place).eval();
  return { settings: run.settings, network, loss, classes: state.classes, step: state.step, ...(state.data && { data: state.data }) };
}

/** The best weights, or the error that says what may do in their place. */
function bestOf(run: Run): ReturnType<Run["best"]> {
  try {
    return run.best();
  } catch (error) {
    if (!(error instanceof DataError) || !run.begun || error.message.split("\n").length > 2) throw error;
    throw new DataError(`${error.message}\n  Its last weights may do (--weights last).`, { cause: error });
  }
}
