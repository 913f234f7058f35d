import { type Embeddings, Random, trustworthiness } from "@semblant/core";
import type { LabeledImages } from "@semblant/datasets";
import { scatterMap } from "../pictures/scatter-map.ts";
import { projectOffThread } from "../projection/project-off-thread.ts";
import type { Section } from "./finding.ts";
import { count } from "./numbers.ts";
import type { Study } from "./study.ts";

interface MapOptions {
  readonly file: string;
  readonly title: string;
  /** Most faces on the map, drawn at random. */
  readonly sample: number;
  readonly text?: string;
}

/** A t-SNE map of embeddings, plain and with faces, with what can be said of its faithfulness. */
export async function mapSections(study: Study, X: Embeddings, images: LabeledImages, options: MapOptions) {
  const { file, title, sample, text = "" } = options;
  const rows = new Random(0).permutation(X.rows).subarray(0, sample).sort();
  const chosen = X.take(rows);
  const perplexity = Math.min(30, Math.floor((rows.length - 1) / 3));
  const { positions, divergence } = await projectOffThread(
    chosen,
    { perplexity, random: new Random(0) },
    { onStep: ({ iteration }) => study.progress(`t-SNE of ${count(rows.length)} faces: iteration ${iteration} of 1,000`) },
  );
  const trust = trustworthiness(chosen, positions, { k: 5 });
  const labels = chosen.labels as Int32Array;
  const classes = chosen.classes ?? [];
  const [plain, faces] = await Promise.all([
    scatterMap({ positions, labels, classes }),
    scatterMap({ positions, labels, classes, thumbnails: { rows, images } }),
  ]);
  const made =
    `Barnes-Hut t-SNE from ${X.columns} dimensions, perplexity ${perplexity}, PCA start, seed 0: ` +
    `KL divergence ${divergence.toFixed(3)} nats, trustworthiness ${trust.toFixed(3)} (5 neighbours). ` +
    "Distances between far groups mean nothing.";
  const sections: Section[] = [
    { title, text: `${text}${count(rows.length)} faces. ${made}`, picture: { file, svg: plain } },
    { title: "The same with faces", text: "As many as find room; the frame is the class.", picture: { file: `${file}-faces`, svg: faces } },
  ];
  return { sections, numbers: { n: rows.length, perplexity, divergence, trustworthiness: trust } };
}
