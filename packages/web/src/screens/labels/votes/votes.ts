import { expressions } from "@semblant/core";

/** What one can vote for, in the order of FER+'s columns. */
export const choices = [...expressions, "unknown", "NF"] as const;
export type Choice = (typeof choices)[number];

/** The votes on one face. Its photo's content and its box say which it is, also after photos were moved or read anew. */
export interface VotedFace {
  /** Its id when the last vote came. */
  readonly face: number;
  /** Of the photo's content. */
  readonly version: string;
  readonly path: string;
  /** x, y, width and height in pixels of the upright photo. */
  readonly box: readonly [number, number, number, number];
  readonly votes: readonly { readonly voter: string; readonly choice: Choice }[];
}

/** The document "votes" of a library. */
export interface Votes {
  readonly faces: readonly VotedFace[];
}

/** A face that can be voted on. */
export type Voted = Omit<VotedFace, "votes">;

const isSame = (one: Voted, other: Voted) => one.version === other.version && one.box.every((value, i) => value === other.box[i]);

/** What a voter says of a face; `undefined` takes it back. */
export interface Vote {
  readonly voter: string;
  readonly choice: Choice | undefined;
}

/** Votes with one more, in place of what this voter said of the face before. A face without votes is left out. */
export function withVote({ faces }: Votes, face: Voted, { voter, choice }: Vote): Votes {
  const at = faces.findIndex((one) => isSame(one, face));
  const others = (faces[at]?.votes ?? []).filter((one) => one.voter !== voter);
  const votes = choice === undefined ? others : [...others, { voter, choice }];
  const changed: VotedFace = { ...face, votes };
  const rest = at < 0 ? [...faces, changed] : faces.with(at, changed);
  return { faces: rest.filter((one) => one.votes.length > 0) };
}

/** What a document holds that is of this form; nothing else is taken for votes. */
export function votesIn(value: unknown): Votes {
  const faces: readonly unknown[] = isObject(value) && Array.isArray(value.faces) ? value.faces : [];
  return { faces: faces.filter(isVotedFace) };
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

function isVotedFace(value: unknown): value is VotedFace {
  if (!isObject(value)) return false;
  const { face, version, path, box, votes } = value;
  return (
    typeof face === "number" &&
    typeof version === "string" &&
    typeof path === "string" &&
    Array.isArray(box) &&
    box.length === 4 &&
    box.every(Number.isFinite) &&
    Array.isArray(votes) &&
    votes.every((one) => isObject(one) && typeof one.voter === "string" && choices.some((choice) => choice === one.choice))
  );
}

/** How many votes each voter gave, the busiest first. */
export function votersOf({ faces }: Votes): { readonly voter: string; readonly votes: number }[] {
  const counts = new Map<string, number>();
  for (const { votes } of faces) for (const { voter } of votes) counts.set(voter, (counts.get(voter) ?? 0) + 1);
  return [...counts].map(([voter, count]) => ({ voter, votes: count })).sort((a, b) => b.votes - a.votes || (a.voter < b.voter ? -1 : 1));
}

/**
 * How far voters agree: of all pairs of votes on one face, the part that is the same.
 *
 * @returns `share` is absent where no face has two votes
 */
export function agreementOf({ faces }: Votes): { readonly faces: number; readonly share?: number } {
  const several = faces.filter(({ votes }) => votes.length > 1);
  let [pairs, same] = [0, 0];
  for (const { votes } of several) {
    for (const [i, one] of votes.entries()) {
      for (const other of votes.slice(i + 1)) {
        pairs += 1;
        same += Number(one.choice === other.choice);
      }
    }
  }
  return { faces: several.length, ...(pairs > 0 && { share: same / pairs }) };
}
