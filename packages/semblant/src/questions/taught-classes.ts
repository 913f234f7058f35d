import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { addTaught, DataError, type Embeddings, logDensityOfTaught, type TaughtClass } from "@semblant/core";
import type { ExpressionAnswer } from "@semblant/faces";
import { writeWhole } from "../files.ts";
import type { FaceSet, SetModel } from "../library/face-set.ts";

/** A class that was taught from a few faces, as it is kept. */
export interface NamedClass extends TaughtClass {
  readonly name: string;
}

/**
 * A model that knows taught classes beside its own, after them in the order given. They are as likely beforehand as any other class;
 * the model's own keep their odds among each other, and its thresholds hold.
 */
export function withTaught(model: SetModel, taught: readonly NamedClass[]): SetModel {
  if (taught.length === 0) return model;
  const { thresholds } = model.card;
  const sigma = widthOf(model);
  const classes = [...model.classes, ...taught.map(({ name }) => name)];
  return {
    card: model.card,
    classes,
    dimensions: model.dimensions,
    gaussians: model.gaussians,
    kinds: model.kinds,
    classify(X: Embeddings): ExpressionAnswer[] {
      const known = model.classify(X);
      const posterior = known.flatMap(({ distribution }) => Array.from(distribution));
      const density = known.map(({ logDensity }) => logDensity);
      const added = addTaught(
        { posterior, logDensity: density },
        taught.map((one) => logDensityOfTaught(X, one, { sigma })),
        { classes: model.classes.length },
      );
      return known.map(({ subclass }, i): ExpressionAnswer => {
        const distribution = added.posterior.slice(i * classes.length, (i + 1) * classes.length);
        const most = distribution.reduce((best, P, c) => (P > (distribution[best] as number) ? c : best), 0);
        const logDensity = added.logDensity[i] as number;
        const sure = (distribution[most] as number) >= thresholds.posterior;
        const verdict = logDensity < thresholds.logDensity ? "none of these" : sure ? "named" : "unsure";
        return {
          distribution,
          predicted: verdict === "named" ? most : -1,
          verdict,
          subclass: most < model.classes.length ? subclass : -1,
          logDensity,
        };
      });
    },
  };
}

/** The width of the Gaussians that say how dense a model's faces lie, in the embedding's units: the mean where they differ. */
export function widthOf({ kinds }: SetModel): number {
  const sigmas = kinds.gaussians.sigmas.filter((sigma) => sigma > 0);
  return sigmas.reduce((sum, sigma) => sum + sigma, 0) / sigmas.length;
}

interface TaughtFile {
  readonly version: 1;
  /** Checksum of the model's weights: means of one model mean nothing to another. */
  readonly model: string;
  readonly classes: readonly { readonly name: string; readonly mean: readonly number[]; readonly count: number; readonly spread: number }[];
}

const fileOf = (root: string) => join(root, ".semblant", "taught.json");

/**
 * The classes that a library was taught, for its model; none where it was taught none, or by another model.
 *
 * @throws DataError if the file is none of ours, or of a newer version
 */
export function readTaught(root: string, { card, dimensions }: Pick<SetModel, "card" | "dimensions">): NamedClass[] {
  const path = fileOf(root);
  if (!existsSync(path)) return [];
  const { version, model, classes } = parsed(path, readFileSync(path, "utf8"));
  if (version !== 1)
    throw new DataError(`taught classes at ${path}: expected version 1, but got ${version}.\n  A newer semblant wrote it.`);
  if (model !== card.checksum) return [];
  return classes.map(({ name, mean, count, spread }) => {
    if (mean.length !== dimensions)
      throw new DataError(`taught classes at ${path}: expected means of ${dimensions} numbers, but ${name} has ${mean.length}.`);
    return { name, mean: Float64Array.from(mean), count, spread };
  });
}

/** Keeps the classes that a library was taught, beside it. */
export async function writeTaught(root: string, model: Pick<SetModel, "card">, taught: readonly NamedClass[]): Promise<string> {
  const classes = taught.map(({ name, mean, count, spread }) => ({ name, mean: Array.from(mean), count, spread }));
  const content: TaughtFile = { version: 1, model: model.card.checksum, classes };
  await writeWhole(fileOf(root), `${JSON.stringify(content)}\n`);
  return fileOf(root);
}

/** A set whose model knows the classes that its library was taught. */
export function knowingTaught(set: FaceSet): FaceSet {
  return { ...set, model: withTaught(set.model, readTaught(set.root, set.model)) };
}

function parsed(path: string, text: string): TaughtFile {
  try {
    const content = JSON.parse(text) as TaughtFile;
    if (typeof content.version === "number" && (content.version !== 1 || Array.isArray(content.classes))) return content;
  } catch {} // said below
  throw new DataError(`taught classes at ${path}: expected a file that semblant teach wrote, but got something else.`);
}
