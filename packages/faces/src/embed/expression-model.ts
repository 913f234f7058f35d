import { DataError, Embeddings, ShapeError, type SubclassGaussians } from "@semblant/core";
import type { Runtime, Session } from "../runtime.ts";
import { answersOf, type ExpressionAnswer, gaussiansOf } from "./answers.ts";
import { checksumOf, checksumOfText } from "./checksum.ts";
import { type ModelCard, notOurs, readModelCard } from "./model-card.ts";
import { onnxParts } from "./onnx-parts.ts";

/** Faces at a time; more gain no speed and cost memory. */
const most = 64;

/** A network that embeds faces, with the Gaussians that name what it embeds. Made by {@link openExpressionModel}. */
export interface ExpressionModel {
  readonly card: ModelCard;
  readonly classes: readonly string[];
  /** Pixels along the side of a face. */
  readonly size: number;
  readonly dimensions: number;
  /** What faces are named by. */
  readonly gaussians: SubclassGaussians;
  /** What tells sub-classes apart, and faces from what is none: the same Gaussians, unless the card has others. */
  readonly kinds: SubclassGaussians;
  /**
   * Faces as points of the learned space, (faces, dimensions). A face's point does not hang on which others it is embedded with.
   *
   * @param crops (faces, size, size): grey, 0 to 255
   * @throws ShapeError if they are not whole faces
   */
  embed(crops: Uint8Array): Promise<Embeddings>;
  /**
   * What each point looks like: a distribution, and a name where one is probable enough.
   *
   * @param options.together whether they are a set, chosen together: where it is unlike what the model learned from, all are discounted
   */
  classify(X: Embeddings, options?: { readonly together?: boolean }): ExpressionAnswer[];
  close(): Promise<void>;
}

/**
 * Opens a model of `semblant export`: its network in the runtime, and its card.
 *
 * @throws DataError if the bytes are no such model, are cut short, or were changed since they were written
 */
export async function openExpressionModel(bytes: Uint8Array, runtime: Runtime): Promise<ExpressionModel> {
  const card = cardOf(bytes);
  const session = await runtime.open(bytes).catch((cause) => {
    throw new DataError(`model: the runtime cannot open it: ${(cause as Error).message.split("\n")[0]}`, { cause });
  });
  const answering = gaussiansOf(card);
  const { size, channels } = card.input;
  return {
    card,
    classes: card.classes,
    size,
    dimensions: card.dimensions,
    ...answering,
    embed: async (crops) => new Embeddings(await embedCrops(session, crops, { size, channels }), card.dimensions),
    classify: (X, { together } = {}) => answersOf(answering, X, card.thresholds, { shift: card.shift, together }),
    close: () => session.close(),
  };
}

/**
 * The card inside a model's file, without opening its network.
 *
 * @throws DataError if the bytes are no model of semblant, are cut short, or were changed since they were written
 *
 * @example
 * cardOf(Uint8Array.of(1, 2, 3)); // throws DataError: model: expected
 */
export function cardOf(bytes: Uint8Array): ModelCard {
  const { graph, metadata } = onnxParts(bytes);
  const text = metadata.get("semblant");
  if (text === undefined) throw notOurs();
  refuseDamaged("a card", metadata.get("semblant.crc32") ?? checksumOfText(text), checksumOfText(text)); // first files had none
  const card = readModelCard(text);
  refuseDamaged("weights", card.checksum, checksumOf(graph));
  return card;
}

/** A card as the metadata of an ONNX file, with what tells whether it was damaged. {@link cardOf} reads it. */
export function cardMetadata(card: ModelCard): Readonly<Record<string, string>> {
  const text = JSON.stringify(card);
  return { semblant: text, "semblant.crc32": checksumOfText(text) };
}

function refuseDamaged(what: string, expected: string, found: string): void {
  if (found === expected) return;
  throw new DataError(`model: expected ${what} with checksum ${expected}, but got ${found}: the file is damaged.`);
}

/** (faces · dimensions): what a network of `semblant export` makes of the faces, a few at a time. */
export async function embedCrops(
  session: Session,
  crops: Uint8Array,
  { size, channels }: { readonly size: number; readonly channels: number },
): Promise<Float32Array> {
  const each = channels * size * size;
  const count = crops.length / each;
  if (!Number.isInteger(count)) {
    throw new ShapeError(`embed: expected faces of ${channels} × ${size} × ${size} bytes, but got ${crops.length} bytes.`);
  }
  const parts: Float32Array[] = [];
  for (let first = 0; first < count; first += most) {
    const last = Math.min(count, first + most);
    const data = Float32Array.from(crops.subarray(first * each, last * each));
    const { embeddings } = await session.run({ faces: { data, shape: [last - first, channels, size, size] } });
    if (embeddings === undefined) throw new DataError("model: its network has no output called embeddings.");
    parts.push(embeddings.data);
  }
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
