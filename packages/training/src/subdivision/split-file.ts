import { existsSync } from "node:fs";
import { DataError } from "@semblant/core";
import { readSafetensors, type Tensor, tensor, tidy, writeSafetensors } from "@semblant/torch";
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
    writeSafetensors(path, tensors, { split: FORMAT, names: JSON.stringify(names), report: JSON.stringify(report) });
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
    return {
      labels: labels.data() as Int32Array,
      parents: parents.data() as Int32Array,
      names: JSON.parse(metadata.names ?? "[]") as string[],
      report: JSON.parse(metadata.report ?? "{}") as SplitReport,
      ...(known !== undefined && { known: known.data() as Float32Array }),
    };
  });
}
