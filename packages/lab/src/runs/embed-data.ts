import { DataError, Embeddings } from "@semblant/core";
import type { SplitName } from "@semblant/datasets";
import { openEmbedder } from "./embedder.ts";

export const splitNames = ["train", "validation", "test", "all"] as const;

export interface EmbedDataOptions {
  /** Folder or table of faces; by default what the run was trained on. */
  readonly data?: string;
  readonly split?: (typeof splitNames)[number];
  readonly weights?: "best" | "last";
  readonly threads?: number;
  /** `data.name=value`: how the data is read. */
  readonly overrides?: readonly string[];
}

/**
 * The faces of a split, or of all of them one after the other, as points of the space of a run or an exported model.
 *
 * @example
 * await embedData("best");
 * // throws OptionError: embed: expected data with the model best, which does not hold the faces that it was made from, but got none.
 */
export async function embedData(
  run: string,
  { data: source, split, weights, threads, overrides = [] }: EmbedDataOptions = {},
  progress: (text: string) => void = () => {},
): Promise<Embeddings> {
  // A set without splits of its own is taken whole, unless a split is asked for.
  const asked = { data: source, split: split === undefined ? "undrawn" : "source", weights, threads, overrides } as const;
  const embedder = await openEmbedder("embed", run, asked, progress);
  try {
    const wanted: readonly SplitName[] = split === "all" ? ["train", "validation", "test"] : [split ?? "test"];
    const parts: Embeddings[] = [];
    for (const name of wanted) parts.push(await embedder.embed(embedder.data[name]));
    const X = concatenate(parts);
    if (X.rows > 0) return X;
  } finally {
    await embedder.close();
  }
  throw new DataError(
    `embed: expected faces in the split ${split ?? "test"} of ${embedder.source}, but it has none.\n  Name another with --split.`,
  );
}

function concatenate(parts: readonly Embeddings[]): Embeddings {
  const [first] = parts as [Embeddings];
  if (parts.length === 1) return first;
  const values = new Float32Array(parts.reduce((sum, part) => sum + part.values.length, 0));
  let at = 0;
  for (const part of parts) {
    values.set(part.values, at);
    at += part.values.length;
  }
  const votes = parts.flatMap((part) => (part.votes ? [part.votes] : part.rows === 0 ? [new Float32Array(0)] : []));
  const texts = (name: "people" | "sequences") =>
    parts.some((part) => part[name]) && { [name]: parts.flatMap((part) => part[name] ?? Array.from({ length: part.rows }, () => "")) };
  return new Embeddings(values, first.columns, {
    ...texts("people"),
    ...texts("sequences"),
    ids: parts.flatMap((part) => part.ids ?? []),
    ...(first.labels && { labels: Int32Array.from(parts.flatMap((part) => Array.from(part.labels ?? []))) }),
    ...(first.classes && { classes: first.classes }),
    ...(votes.length === parts.length &&
      votes.some((list) => list.length > 0) && { votes: Float32Array.from(votes.flatMap((list) => Array.from(list))) }),
  });
}
