import { DataError, doubtfulLabels, Embeddings, Random } from "@semblant/core";
import { csvField, invalidOption, refuseUnknown, whoInName } from "@semblant/core/internals";
import type { NamedFaces, NamedPhoto, PhotoRecord } from "../face-sets/face-set.ts";
import { labelledRows, labelOfFolder } from "./labelled-rows.ts";
import { type LookedAt, looksOf } from "./looks.ts";
import { classNamed } from "./search-words.ts";

export interface AuditOfFacesOptions<P extends NamedPhoto = PhotoRecord> {
  /** The label of a photo, or undefined for one without; by default its folder's name (`happy/a.jpg`, `train/happy/a.jpg`). */
  readonly labelOf?: (photo: P) => string | undefined;
  /** The least doubt that is listed, 0 to 1 (0.7). */
  readonly threshold?: number;
  /** Other faces of the folder that are asked about each label, the nearest (11). */
  readonly k?: number;
  readonly seed?: number;
}

/** The names of {@link AuditOfFacesOptions}. */
export const auditOptions = ["labelOf", "threshold", "k", "seed"] as const;

/** A label that the embedding does not bear out. */
export interface DoubtfulFace extends Omit<LookedAt, "expression" | "probability" | "verdict"> {
  /** As the folder says. */
  readonly given: string;
  /**
   * What the face looks like: the model's own answer, or, where the model does not know the label, what the folder's
   * other faces favour.
   */
  readonly suggested: string;
  /** Whether it is for a person to say what the label should be: the folder has no label for what the face looks like. */
  readonly forAPerson: boolean;
  /** 1 less the mean of the witnesses: 0 all are sure of the label, 1 all rule it out. */
  readonly doubt: number;
  readonly witnesses: {
    /** P(label | face) by the model's own Gaussians, which have not seen the folder; absent where the model does not know the label. */
    readonly model?: number;
    /**
     * P(label | face) by Gaussians of the folder's other faces, and the part of the nearest of them that carry the
     * label; absent for rare labels.
     */
    readonly gaussians?: number;
    readonly neighbors?: number;
  };
}

export interface Audit {
  /** The most doubtful first. */
  readonly doubtful: readonly DoubtfulFace[];
  /** Faces that were asked about. */
  readonly faces: number;
  readonly threshold: number;
  readonly labels: readonly {
    readonly label: string;
    /** The model's class that it means; absent where it means none. */
    readonly expression?: string;
    readonly faces: number;
    readonly doubtful: number;
  }[];
  /** Paths of labelled photos in which no face was found. */
  readonly withoutFaces: readonly string[];
  /** Paths of labelled photos whose face is turned and could not be righted: nothing can be said of its label. */
  readonly turned: readonly string[];
  /** Photos with no folder to name their label. */
  readonly unlabeled: number;
  /** Of many faces: how they were looked through, and how nearly that is what comparing all would say. */
  readonly approximate?: string;
}

/** Fewer faces of a label than this can not be asked about each other. */
const FEW = 5;
const PARTS = 5;
/** Of more faces the nearest are looked for among those of near cells. */
const MANY = 30_000;

/**
 * Looks through a labelled folder for faces whose label the model doubts, worst first. Up to three witnesses are asked of each: the
 * model's own Gaussians; and, dealt into five parts so that no face vouches for itself, Gaussians and nearest neighbours of the folder's
 * other faces ({@link doubtfulLabels}). Of several faces in a photo the largest is meant.
 *
 * What is suggested is the model's own answer; where the folder has no label for it, the label is for a person to say. A doubtful label
 * may be wrong, or right of a face that is hard to read: this is a list to look through, not a verdict.
 *
 * @throws OptionError if an option is out of range or unknown
 * @throws DataError if no face has a label, or all have the same that the model does not know
 */
export function auditFaces<P extends NamedPhoto = PhotoRecord>(set: NamedFaces<P>, options: AuditOfFacesOptions<P> = {}): Audit {
  const where = "audit";
  refuseUnknown(where, options, auditOptions);
  const { labelOf = labelOfFolder, threshold = 0.7, k = 11, seed = 0 } = options;
  if (!(threshold >= 0 && threshold <= 1)) throw invalidOption(where, "threshold", "a number from 0 to 1", threshold);
  if (!(Number.isInteger(k) && k >= 1)) throw invalidOption(where, "k", "a whole number above 0", k);
  const { rows, given, turned, labeled, withoutFaces } = labelledRows(set, labelOf);
  const names = [...new Set(given)].sort();
  const meaning = names.map((name) => classNamed(name.toLowerCase(), set.model.classes));
  if (rows.length === 0 || (names.length === 1 && meaning[0] === -1)) {
    const none = set.faces.length === 0 ? "no face was found in any photo" : "no face has one";
    const found = rows.length === 0 ? none : `all are "${names[0]}", which the model does not know`;
    throw new DataError(`${where}: expected faces with labels, in folders named by them (happy/a.jpg), but ${found}.`);
  }
  const looks = looksOf(set, { together: true });
  const labels = Int32Array.from(given, (name) => names.indexOf(name));
  const values = set.embeddings.take(rows).values;
  // Frames of one video vouch for each other whatever their label, so that they are not asked as neighbours.
  const sequences = rows.map((row) => whoInName(nameOf(set.photos.get(set.faces[row]?.photo as number)?.path ?? ""))?.sequence ?? "");
  const X = new Embeddings(values, set.embeddings.columns, { labels, classes: names, sequences });
  const others = askEachOther(X, { k, random: new Random(seed) });

  const asked = rows.map((row, i): DoubtfulFace => {
    const label = labels[i] as number;
    const known = meaning[label] as number;
    const distribution = looks.answers[row]?.distribution as Float64Array;
    const witnesses = { ...(known >= 0 && { model: distribution[known] as number }), ...others[i]?.witnesses };
    const said = Object.values(witnesses);
    const doubt = said.length === 0 ? 0 : 1 - said.reduce((sum, value) => sum + value, 0) / said.length;
    const { face, photo, path, box } = looks.faces[row] as LookedAt;
    const suggestion = suggest({ label, byOthers: others[i]?.suggested, distribution, names, meaning, classes: set.model.classes });
    return { face, photo, path, box, given: given[i] as string, ...suggestion, doubt, witnesses };
  });
  const doubtful = asked
    .filter((face) => face.doubt >= threshold && face.suggested !== face.given && Object.keys(face.witnesses).length > 0)
    .sort((a, b) => b.doubt - a.doubt || (a.path < b.path ? -1 : 1));
  return {
    doubtful,
    faces: rows.length,
    threshold,
    labels: names.map((label, n) => ({
      label,
      ...((meaning[n] as number) >= 0 && { expression: set.model.classes[meaning[n] as number] as string }),
      faces: given.filter((name) => name === label).length,
      doubtful: doubtful.filter((face) => face.given === label).length,
    })),
    withoutFaces,
    turned,
    unlabeled: set.photos.size - labeled,
    ...(rows.length > MANY && { approximate: approximately }),
  };
}

/**
 * Corrections as comma-separated text with a head, the most doubtful first: what `data.corrections` of a training reads. Take out the
 * lines of labels that are right after all; an empty label leaves a picture out. What is for a person keeps its label until one writes
 * another; the column `looks` says what the face looks like.
 *
 * @example
 * const box = { x: 0, y: 0, width: 9, height: 9 };
 * const doubtful = { given: "happy", suggested: "sad", forAPerson: false, doubt: 0.9, witnesses: {} };
 * const face = { face: 1, photo: 1, path: "happy/a.jpg", box, ...doubtful };
 * correctionsCsv([face]); // "path,label,given,doubt,looks\nhappy/a.jpg,sad,happy,0.900,sad\n"
 */
export function correctionsCsv(doubtful: readonly Pick<DoubtfulFace, "path" | "suggested" | "forAPerson" | "given" | "doubt">[]): string {
  const lines = doubtful.map(({ path, suggested, forAPerson, given, doubt }) =>
    [csvField(path), csvField(forAPerson ? given : suggested), csvField(given), doubt.toFixed(3), csvField(suggested)].join(","),
  );
  return `${["path,label,given,doubt,looks", ...lines].join("\n")}\n`;
}

const approximately =
  "Of so many faces, about 1 nearest neighbour in 100 was passed over. Nearly all of the doubtful labels are the same without it.";

const nameOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);

interface Opinion {
  readonly witnesses: { readonly gaussians: number; readonly neighbors: number };
  readonly suggested: number;
}

/** Asks the faces of each part about by those of the others; undefined for labels too rare to be asked about. */
function askEachOther(X: Embeddings, { k, random }: { k: number; random: Random }): (Opinion | undefined)[] {
  const labels = X.labels as Int32Array;
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const common = [...counts].filter(([, count]) => count >= FEW).map(([label]) => label);
  const opinions: (Opinion | undefined)[] = Array.from({ length: X.rows }, () => undefined);
  if (common.length < 2) return opinions;
  const usable = [...labels.keys()].filter((row) => common.includes(labels[row] as number));
  // Label by label, so that each part has some of every label.
  const dealt = Array.from(random.permutation(usable.length), (at) => usable[at] as number).sort(
    (a, b) => (labels[a] as number) - (labels[b] as number),
  );
  for (let part = 0; part < PARTS; part++) {
    const asked = dealt.filter((_, place) => place % PARTS === part);
    const gallery = X.take(dealt.filter((_, place) => place % PARTS !== part));
    if (asked.length === 0 || gallery.rows === 0) continue;
    const { posteriorOfLabel, shareOfNeighbors, suggested } = doubtfulLabels(X.take(asked), gallery, {
      k: Math.min(k, gallery.rows),
      approximate: X.rows > MANY,
    });
    for (const [i, row] of asked.entries()) {
      const witnesses = { gaussians: posteriorOfLabel[i] as number, neighbors: shareOfNeighbors[i] as number };
      opinions[row] = { witnesses, suggested: suggested[i] as number };
    }
  }
  return opinions;
}

/**
 * The model's own answer, in the folder's word for it where there is one; else it is for a person. The folder's other faces are heard
 * only where they favour a label that the model does not know, since of that it has no answer.
 */
function suggest(asked: {
  readonly label: number;
  readonly byOthers: number | undefined;
  readonly distribution: Float64Array;
  readonly names: readonly string[];
  readonly meaning: readonly number[];
  readonly classes: readonly string[];
}): { suggested: string; forAPerson: boolean } {
  const { label, byOthers, distribution, names, meaning, classes } = asked;
  if (byOthers !== undefined && meaning[byOthers] === -1) return { suggested: names[byOthers] as string, forAPerson: false };
  const own = distribution.indexOf(Math.max(...distribution));
  const named = meaning[label] === own ? label : meaning.indexOf(own);
  return named < 0 ? { suggested: classes[own] as string, forAPerson: true } : { suggested: names[named] as string, forAPerson: false };
}
