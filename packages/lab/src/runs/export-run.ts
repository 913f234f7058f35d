import { execFileSync } from "node:child_process";
import { basename } from "node:path";
import { DataError, type Evaluation, OptionError } from "@semblant/core";
import { invalidOption, refuseUnknown, show } from "@semblant/core/internals";
import type { Dataset } from "@semblant/datasets";
import { cardOf, type ModelCard } from "@semblant/faces";
import { cardMetadata } from "@semblant/faces/internals";
import { writeWhole } from "@semblant/files/internals";
import { version } from "@semblant/photos";
import { nodeRuntime } from "@semblant/photos/internals";
import { setThreads } from "@semblant/torch";
import { exportOnnx, loadRun, type WeightType } from "@semblant/training";
import { describeLoss, type Settings, withoutTeachers } from "@semblant/training/settings";
import { openData } from "../data/open-data.ts";
import { refuseGone } from "../data/own-data.ts";
import { calibrated, calibrateOn } from "../models/calibrate.ts";
import { describeModel } from "../models/describe-model.ts";
import { type ComputeType, computeTypes, measureParity, type Parity, refuseOther } from "../models/parity.ts";
import { runFolder } from "./run-folder.ts";

export interface ExportRunOptions {
  readonly out: string;
  /** How weights are stored (float32; int8 where it computes in int8). */
  readonly weights?: WeightType;
  /** What it computes with between its layers (float32). The ranges of int8 are those of the run's validation faces. */
  readonly compute?: ComputeType;
  /** Test-time flip: each embedding is the mean of the face's and its flip's (false). */
  readonly mirror?: boolean;
  /**
   * Sub-classes per class at most (1), told apart by EM, each with a Gaussian to search for (`happiness/2`); they name faces
   * too where validation says so.
   */
  readonly subclasses?: number;
  readonly name?: string;
  readonly data?: string;
  readonly threads?: number;
}

/** A run's network, written as ONNX. */
export interface ExportedRun {
  readonly path: string;
  readonly bytes: number;
  readonly card: ModelCard;
  readonly parity: Parity;
  readonly evaluation: Evaluation;
}

/**
 * Writes a run's network as ONNX with its card, checked against the network and measured as it ships.
 *
 * @throws OptionError if out does not end in .onnx, it is to compute in int8 with other weights, or an option is unknown
 * @throws DataError if there is no such run, its network ends in classes, or its data is not where it was
 * @throws EngineError if the file does not embed as the network does: nothing is written
 *
 * @example
 * await exportRun("runs/none", { out: "model.onnx" }); // throws DataError: run at runs/none: there is no such folder.
 */
export async function exportRun(run: string, options: ExportRunOptions, progress: (text: string) => void = () => {}): Promise<ExportedRun> {
  refuseUnknown("export", options, ["out", "weights", "compute", "mirror", "subclasses", "name", "data", "threads"]);
  const { out, compute = "float32", mirror = false, subclasses = 1, name = basename(run), data: source, threads = 1 } = options;
  const { weights = compute === "int8" ? "int8" : "float32" } = options;
  if (!computeTypes.includes(compute)) throw invalidOption("export", "compute", `one of ${computeTypes.join(", ")}`, compute);
  if (compute === "int8" && weights !== "int8") {
    throw new OptionError(`export: expected weights of int8 to compute in int8, but got ${show(weights)}.`);
  }
  if (!Number.isInteger(subclasses) || subclasses < 1) throw invalidOption("export", "subclasses", "a whole number above 0", subclasses);
  if (!/\.onnx$/i.test(out)) throw new OptionError(`export: expected the file to end in .onnx, but got ${show(out)}.`);
  setThreads(threads);
  const loaded = loadRun(runFolder(run), { device: "cpu" });
  const { settings, network } = loaded;
  if (settings.network.head === "classes") {
    throw new DataError(`run at ${run}: expected a network that ends in an embedding, but this one ends in its classes.`);
  }
  if (network.input.channels !== 1) {
    throw new DataError(
      `run at ${run}: expected a network that takes grey faces, as photos are read, but this one takes colour.\n` +
        "  Train with network.channels=1 to export.",
    );
  }
  progress("reading the data ...");
  if (source === undefined) refuseGone(settings.data.source);
  const data = await openData({
    ...withoutTeachers(settings.data),
    ...(source !== undefined && { source }),
    labels: "majority",
  });
  const faces = data.test.images.width; // the network may take another size: the graph resizes, as training does
  const runtime = await nodeRuntime({ threads });
  if (compute === "int8") progress("calibrating on validation faces ...");
  const activations = compute === "int8" ? await calibrateOn(network, data.validation, { runtime, mirror }) : undefined;
  const write = { weights, faces, normalize: loaded.loss.normalized ?? false, mirror, version, ...(activations && { activations }) };
  const file = exportOnnx(network, write);
  const session = await runtime.open(file);
  progress("comparing the file with the network ...");
  const parity = await measureParity(loaded, { images: data.test, mirror, session });
  refuseOther(parity, weights, compute);
  const { card, evaluation } = await describeModel({
    loaded,
    data,
    file,
    session,
    name,
    version,
    provenance: provenanceOf(loaded, data, { weights, compute, mirror }),
    subclasses,
    progress,
  });
  await session.close();
  const whole = exportOnnx(network, { ...write, metadata: cardMetadata(card) });
  network.dispose();
  cardOf(whole); // as whoever opens it reads it
  await writeWhole(out, whole);
  return { path: out, bytes: whole.length, card, parity, evaluation };
}

function provenanceOf(
  { settings, step }: { readonly settings: Settings; readonly step: number },
  data: Dataset,
  { weights, compute, mirror }: { readonly weights: WeightType; readonly compute: ComputeType; readonly mirror: boolean },
): ModelCard["provenance"] {
  const { network, loss, preset, data: read, seed } = settings;
  return {
    "trained on": `${data.name}, ${read.labels} labels`,
    ...(network.weights !== null && { "began from": basename(network.weights) }),
    ...(read.softLabels !== null && { "soft labels": "votes, and what other networks said of the same faces" }),
    network: `${network.name}, ${network.baseChannels} channels${network.stem === undefined ? "" : `, stem ${network.stem}`}`,
    loss: [loss.name, describeLoss(loss)].filter((part) => part !== "").join(", "),
    preset,
    seed,
    steps: step,
    "stored weights": weights,
    ...(compute === "int8" && { "computes in": `int8, calibrated on ${calibratedFaces(data)} validation faces` }),
    embeds: mirror ? "each face and its flip, the mean of both (test-time flip)" : "each face as it is",
    "written on": new Date().toISOString().slice(0, 10),
    ...commit(),
  };
}

const calibratedFaces = ({ validation }: Dataset) => Math.min(calibrated, validation.images.count).toLocaleString("en-US");

/** The commit of the checkout that writes it, where it is one: not that of a project which has this installed. */
function commit(): { commit?: string } {
  try {
    const stdio: ["ignore", "pipe", "ignore"] = ["ignore", "pipe", "ignore"];
    const git = (...args: string[]) => execFileSync("git", args, { cwd: import.meta.dirname, encoding: "utf8", stdio }).trim();
    const ours = git("ls-files", "--full-name", "--", "../../package.json") === "packages/semblant/package.json";
    return ours ? { commit: git("rev-parse", "--short", "HEAD") } : {};
  } catch {
    return {};
  }
}
