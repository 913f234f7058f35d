import { DataError } from "@semblant/core";
import { show } from "@semblant/core/internals";
import { checksumOfText } from "./checksum.ts";
import type { CardGaussians, ModelCard, ModelMeasurement } from "./model-card.ts";

/** The network whose embeddings the Gaussians are of. */
export interface AdaptedNetwork {
  readonly name: string;
  /** CRC-32 of its bytes, in hexadecimal, as its card has it. */
  readonly checksum: string;
  /** Where its file is, from the adapted model's own; absent where it ships. */
  readonly file?: string;
}

/** What makes another model of a network: Gaussians that were fitted to faces of somebody's own. `semblant adapt` makes it. */
export interface Adaptation {
  readonly network: AdaptedNetwork;
  /** The network's classes in its order, then new ones. */
  readonly classes: readonly string[];
  /** One per class. */
  readonly gaussians: CardGaussians;
  readonly thresholds: ModelCard["thresholds"];
  /** Whose faces they were fitted to: how many people; those who are not known count one per picture. */
  readonly persons: number;
  /** What its card says of itself; by default whose faces it was fitted to. */
  readonly about?: { readonly name: string; readonly summary: string; readonly limit: string };
  /** On the faces that it was fitted to, each named by Gaussians that had not seen its person; before that, by the model's own. */
  readonly measured: { readonly before: ModelMeasurement; readonly after: ModelMeasurement };
}

const format = "semblant adapted model";
const version = 1;

/** The names of what is kept, in the order in which it is written. */
const parts = [
  "network",
  "classes",
  "gaussians",
  "thresholds",
  "persons",
  "about",
  "measured",
] as const satisfies readonly (keyof Adaptation)[];

/**
 * An adaptation as the text of its file: JSON, with a checksum of itself. {@link readAdaptation} reads it.
 *
 * @example
 * const gaussians = { means: [[0], [9]], sigmas: [1, 1], priors: [0.5, 0.5], parents: [0, 1] };
 * const faces = { data: "faces", n: 6, protocol: "", metrics: {} };
 * const measured = { before: faces, after: faces };
 * const network = { name: "mine", checksum: "cbf43926" };
 * const thresholds = { posterior: 0.5, logDensity: -9 };
 * const text = adaptationText({ network, classes: ["a", "b"], gaussians, thresholds, persons: 2, measured });
 * readAdaptation(text).network.name; // "mine"
 */
export function adaptationText(adaptation: Adaptation): string {
  const content = { format, version, ...Object.fromEntries(parts.map((name) => [name, adaptation[name]])) };
  return `${JSON.stringify({ ...content, checksum: checksumOfText(JSON.stringify(content)) })}\n`;
}

/**
 * An adaptation from the text of its file.
 *
 * @param where what an error begins with
 * @throws DataError if it is no such file, of a newer version, or was changed since it was written
 *
 * @example
 * readAdaptation("{}"); // throws DataError: adapted model: expected a file of semblant adapt, but got something else.
 */
export function readAdaptation(text: string, where = "adapted model"): Adaptation {
  const { checksum, ...content } = asObject(text) ?? {};
  if (content.format !== format) throw new DataError(`${where}: expected a file of semblant adapt, but got something else.`);
  if (content.version !== version) {
    throw new DataError(
      `${where}: expected version ${version}, but got ${show(content.version)}.\n  A newer semblant wrote it: update semblant.`,
    );
  }
  const found = checksumOfText(JSON.stringify(content));
  if (checksum !== found) {
    throw new DataError(
      `${where}: expected the checksum ${show(checksum)}, but got ${show(found)}: the file is damaged.\n  Make it again: semblant adapt`,
    );
  }
  return content as unknown as Adaptation;
}

/** What tells one adaptation from another. */
export function checksumOfAdaptation(adaptation: Adaptation): string {
  return checksumOfText(JSON.stringify(parts.filter((name) => name !== "network").map((name) => adaptation[name])));
}

function asObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const content: unknown = JSON.parse(text);
    return typeof content === "object" && content !== null ? (content as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined; // said by who asked
  }
}
