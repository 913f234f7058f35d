import type { Embeddings } from "@semblant/core";
import type { LabeledImages } from "@semblant/datasets";
import { embed, loadRun } from "@semblant/training";
import { otherData } from "@semblant/training/settings";
import { openData } from "../data/open-data.ts";
import { count } from "./numbers.ts";

/** A data set in the space of a run that was not trained on it. */
export interface OtherFaces {
  readonly name: string;
  /** With its own labels and classes; a set without labels has no classes. */
  readonly images: LabeledImages;
  readonly embeddings: Embeddings;
}

/** All faces of another data set, labelled or not, in a run's space. */
export async function otherFaces(run: string, source: string, progress: (text: string) => void): Promise<OtherFaces> {
  const loaded = loadRun(run);
  progress(`reading ${source} ...`);
  const data = await openData({ ...otherData(loaded.settings.data, source), split: "test" }, progress);
  const images = data.test;
  progress(`embedding ${count(images.images.count)} faces ...`);
  const embeddings = embed(loaded.network, images, { precision: loaded.settings.precision });
  loaded.network.dispose();
  return { name: data.name, images, embeddings };
}

/** The class of a face by its name; undefined for a face without label. */
export function labelOf({ labels, classes }: Pick<LabeledImages, "labels" | "classes">, row: number): string | undefined {
  return classes[labels[row] as number];
}
