import type { RowFacts } from "../embeddings/embeddings.ts";
import { invalidOption } from "../errors.ts";

/**
 * Which rows are never each other's neighbours: those of one recording (`sequence`), of one person (`person`), or none but a row itself
 * where it is left out (`nothing`).
 */
export type LeaveOut = (typeof rules)[number];

const rules = ["sequence", "person", "nothing"] as const;

/** A number for each row: rows of the same number are never compared; −1 stands for a row that is compared with all. */
export interface RowsApart {
  readonly queries: Int32Array;
  readonly gallery: Int32Array;
}

/**
 * What a rule keeps apart, from what is known of the rows; undefined where nothing is known of either, or where nothing is to be kept
 * apart. Names are compared as they are: of two sets whose names mean other people, one has to come without.
 *
 * @throws OptionError if there is no such rule
 *
 * @example
 * keptApart("findNeighbors", "sequence", { sequences: ["S010_004", ""] }, { sequences: ["S010_004"] })?.queries; // Int32Array [0, -1]
 */
export function keptApart(
  where: string,
  rule: LeaveOut,
  queries: Pick<RowFacts, "people" | "sequences">,
  gallery: Pick<RowFacts, "people" | "sequences">,
): RowsApart | undefined {
  if (!rules.includes(rule)) throw invalidOption(where, "leaveOut", rules.join(", "), rule);
  if (rule === "nothing") return undefined;
  const [asked, within] = rule === "person" ? [queries.people, gallery.people] : [queries.sequences, gallery.sequences];
  if (asked === undefined || within === undefined) return undefined;
  const numbers = new Map<string, number>();
  const numberOf = (name: string): number => {
    if (name === "") return -1;
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  };
  return { queries: Int32Array.from(asked, numberOf), gallery: Int32Array.from(within, numberOf) };
}

/** How many queries have another row of their number in the gallery, which is left out. The query itself is none. */
export function queriesApart({ queries, gallery }: RowsApart, standsInGallery: (query: number) => boolean): number {
  const sizes = new Map<number, number>();
  for (const number of gallery) if (number >= 0) sizes.set(number, (sizes.get(number) ?? 0) + 1);
  return queries.reduce((sum, number, i) => sum + ((sizes.get(number) ?? 0) > (standsInGallery(i) ? 1 : 0) ? 1 : 0), 0);
}
