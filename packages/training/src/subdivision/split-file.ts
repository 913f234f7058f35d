import { existsSync } from "node:fs";
import { DataError } from "@semblant/core";
import { readSafetensors, type Tensor, tensor, tidy, writeSafetensors } from "@semblant/torch";
import { checksumOfTensors, refuseDamaged } from "../runs/tensors-checksum.ts";
import type { Split, SplitReport } from "./split.ts";

const FORMAT = "1";

/** Writes a split whole or not at all: labels, parents and spread votes as tensors, names and report as metadata. */
export function writeSplit(path: string, { labels, parents, names, known, report }: Split): void {
  tidy(() => {
    const tensors = new Map<string, Tensor>([
      ["labels", tensor(labels, { dtype: "int32" })],
      ["parents", tensor(parents, { dtype: "int32" })],
    ]);
    if (known !== undefined) tensors.set("known", tensor(known, { shape: [labels.length, parents.length] }));
    const said = { names: JSON.stringify(names), report: JSON.stringify(report) };
    writeSafetensors(path, tensors, { split: FORMAT, ...said, crc32: checksumOfTensors(tensors, said.names + said.report) });
  });
}

/**
 * The split in a file, or undefined where there is none yet.
 *
 * @throws DataError if the file is not safetensors, or holds no split of this format
 */
export function readSplit(path: string): Split | undefined {
  if (!existsSync(path)) return undefined;
  return tidy(() => {
    const { tensors, metadata } = readSafetensors(path);
    const [labels, parents, known] = [tensors.get("labels"), tensors.get("parents"), tensors.get("known")];
    if (metadata.split !== FORMAT || labels === undefined || parents === undefined) {
      throw new DataError(`${path}: expected a split of format ${FORMAT}, but got ${metadata.split === undefined ? "none" : "another"}.`);
    }
    refuseDamaged(path, tensors, metadata, `${metadata.names}${metadata.report}`);
    const names = parsed(path, metadata.names) as string[];
    const whole = Array.isArray(names) && names.length === parents.size && labels.dtype === "int32" && parents.dtype === "int32";
    if (!whole) throw damaged(path);
    const [ofImages, ofSubclasses] = [labels.data() as Int32Array, parents.data() as Int32Array];
    if (!ofImages.every((label) => label >= 0 && label < names.length) || !ofSubclasses.every((parent) => parent >= 0)) throw damaged(path);
    if (known !== undefined && (known.size !== labels.size * parents.size || known.isFinite().all().item() === 0)) throw damaged(path);
    return {
      labels: ofImages,
      parents: ofSubclasses,
      names,
      report: parsed(path, metadata.report) as SplitReport,
      ...(known !== undefined && { known: known.data() as Float32Array }),
    };
  });
}

function parsed(path: string, text: string | undefined): unknown {
  try {
    const content: unknown = JSON.parse(text ?? "");
    if (typeof content === "object" && content !== null) return content;
  } catch {
    // Said below, in the same words as for JSON that is something else.
  }
  throw damaged(path);
}

const damaged = (path: string): DataError =>
  new DataError(`${path}: expected a split with a name and a class for each sub-class, but got something else.`);
