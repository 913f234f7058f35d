import { type Evaluation, Random } from "@semblant/core";
import type { LabeledImages } from "@semblant/datasets";
import { dataUri } from "../pictures/data-uri.ts";
import type { Face, Strip } from "./sections.ts";

interface Pictured {
  readonly train: LabeledImages;
  readonly test: LabeledImages;
}

const shownNeighbors = 5;
const mostMistakes = 4;

/** For each class one of its test faces, drawn at random from a fixed seed, with its nearest training faces. */
export function queryStrips(evaluation: Evaluation, images: Pictured): Promise<Strip[]> {
  const random = new Random(0);
  const rows = evaluation.classes.flatMap((_, c) => {
    const ofClass = Array.from(evaluation.truth.keys()).filter((i) => evaluation.truth[i] === c);
    return ofClass.length === 0 ? [] : [ofClass[random.integer(ofClass.length)] as number];
  });
  return Promise.all(rows.map((row) => strip(evaluation, images, row, (truth) => truth)));
}

/** The test faces whose posterior is surest of another class than the raters', and which the neighbours get wrong too. */
export function mistakeStrips(evaluation: Evaluation, images: Pictured): Promise<Strip[]> {
  const { truth, predicted, posterior, classes } = evaluation;
  const C = classes.length;
  const sureness = (i: number) => posterior[i * C + (predicted[i] as number)] as number;
  const wrong = Array.from(truth.keys()).filter((i) => (predicted[i] as number) >= 0 && predicted[i] !== truth[i]);
  const rows = wrong.sort((a, b) => sureness(b) - sureness(a)).slice(0, mostMistakes);
  return Promise.all(rows.map((row) => strip(evaluation, images, row, (label, found) => `${label}, taken for ${found}`)));
}

type Caption = (truth: string, found: string) => string;

async function strip(
  { truth, predicted, neighbors, classes }: Evaluation,
  images: Pictured,
  row: number,
  caption: Caption,
): Promise<Strip> {
  const { rows, k } = neighbors.train;
  const found = Array.from(rows.subarray(row * k, row * k + Math.min(k, shownNeighbors))).filter((neighbor) => neighbor >= 0);
  const label = truth[row] as number;
  return {
    query: { image: await picture(images.test, row), caption: caption(classes[label] as string, classes[predicted[row] as number] ?? "") },
    neighbors: await Promise.all(
      found.map(async (neighbor): Promise<Face> => {
        const other = images.train.labels[neighbor] as number;
        return { image: await picture(images.train, neighbor), caption: classes[other] as string, right: other === label };
      }),
    ),
  };
}

function picture({ images }: LabeledImages, row: number): Promise<string> {
  const { width, height, channels } = images;
  const pixels = new Uint8Array(width * height * channels);
  images.gather([row], pixels);
  return dataUri({ pixels, width, height, channels: channels === 3 ? 3 : 1 });
}
