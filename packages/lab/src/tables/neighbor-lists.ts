import { type FoundRow, listNeighbors } from "@semblant/core";
import type { MeasuredSpace } from "../models/measured.ts";

/** The nearest faces of each measured face, as `--json` has them. */
export interface NeighborLists {
  /** How many are listed of each face, fewer where there are fewer. */
  readonly k: number;
  readonly faces: readonly ListedFace[];
}

interface ListedFace {
  readonly id: string;
  readonly label: string;
  /** Among the faces that vote: training faces, the gallery of queries, or all others. */
  readonly voters: readonly FoundRow[];
  /** Among the other test faces, where it looks for its class; absent where it looks among those that vote. */
  readonly others?: readonly FoundRow[];
}

/** The nearest of each face, as many as were asked for; undefined where none were. */
export function neighborLists({ nearest, evaluation, embeddings }: MeasuredSpace): NeighborLists | undefined {
  if (nearest === undefined) return undefined;
  const { neighbors, settings, classes, truth } = evaluation;
  const { train, test } = embeddings;
  const voters = listNeighbors(neighbors.train, train, Math.min(nearest, neighbors.train.k));
  const others = settings.retrieval === "test" ? listNeighbors(neighbors.test, test, Math.min(nearest, neighbors.test.k)) : undefined;
  const faces = voters.map((found, i) => ({
    id: test.ids?.[i] ?? String(i),
    label: classes[truth[i] as number] as string,
    voters: found,
    ...(others && { others: others[i] as FoundRow[] }),
  }));
  return { k: nearest, faces };
}
