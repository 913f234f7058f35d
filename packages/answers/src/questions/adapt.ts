import { DataError, type Difference, Embeddings, type Judgement, judgeAdaptation, Random } from "@semblant/core";
import { invalidOption } from "@semblant/core/internals";
import type { Adaptation, ModelCard, ModelMeasurement } from "@semblant/faces";
import { adaptationOf, cardGaussiansOf, priorOfCard } from "@semblant/faces/internals";
import { classesOfLabels } from "./label-classes.ts";

/** Labelled faces that a model is adapted to. */
export interface LabelledFaces {
  /** In a word or two: whose faces they are, as the model's card will say it. */
  readonly data: string;
  /** (faces, dimensions): by the model's network. */
  readonly embeddings: Embeddings;
  /** (faces): the label of each. */
  readonly given: readonly string[];
  /** (faces): who is in each; "" where that is not known. */
  readonly people: readonly string[];
}

export interface AdaptFacesOptions {
  /** Labels that are new classes, or `all` that the model does not know (none). */
  readonly newClasses?: readonly string[] | "all";
  /** Whether no other class than those of the faces is ever named (false). */
  readonly only?: boolean;
  readonly seed?: number;
}

/** The names of {@link AdaptFacesOptions}. */
export const adaptFacesOptions = ["newClasses", "only", "seed"] as const;

/** An adapted model, and what it is worth. */
export interface AdaptedFaces {
  /** Faces that it was adapted to. */
  readonly faces: number;
  readonly persons: number;
  /** How the model itself names these faces; and the adapted one, each face by Gaussians that had not seen its person. */
  readonly before: Judgement;
  readonly after: Judgement;
  /** Accuracy after minus before, in percent. */
  readonly difference: Difference;
  /** Persons of whose faces more, and of whose fewer, are named rightly than before. */
  readonly gained: number;
  readonly lost: number;
  /** Whether it is worth having. */
  readonly better: boolean;
  readonly classes: readonly string[];
  /** Those that the model did not know. */
  readonly newClasses: readonly string[];
  /** What else is to be known of it, each in a sentence. */
  readonly notes: readonly string[];
  readonly adaptation: Adaptation;
}

/**
 * Adapts a model's Gaussians to labelled faces, and judges it on persons that it was not adapted to. Yields as the judging goes on.
 *
 * @throws DataError if the model is an adapted one, it does not know a label, there are fewer than 3 faces of a class or one class only
 * @throws OptionError if an option is out of range
 */
export function* adaptFaces(
  card: ModelCard,
  { data, embeddings, given, people }: LabelledFaces,
  options: AdaptFacesOptions = {},
): Generator<{ readonly done: number; readonly of: number }, AdaptedFaces, undefined> {
  const where = "adapt";
  const { newClasses, only = false, seed = 0 } = options;
  if (!(Number.isInteger(seed) && seed >= 0)) throw invalidOption(where, "seed", "a whole number from 0", seed);
  if (adaptationOf(card) !== undefined) {
    throw new DataError(
      `${where}: expected a model as it was trained, but got "${card.name}".\n  Adapt its network again, to all of your faces at once.`,
    );
  }
  const { classes, labels, added } = classesOfLabels(where, given, card.classes, newClasses);
  const { persons, notes } = personsOf(people);
  const X = new Embeddings(embeddings.values, embeddings.columns, { labels, classes, people: persons });
  const judged = yield* judgeAdaptation(priorOfCard(card), X, { only, random: new Random(seed) });
  const { before, after, difference, better, adapted, logDensity } = judged;
  const how = "Each face was named by Gaussians that had not seen its person; 95 % intervals are over persons.";
  return {
    faces: X.rows,
    persons: judged.persons,
    before,
    after,
    difference,
    ...changesOf(persons, { labels, before, after }),
    better,
    classes,
    newClasses: added,
    notes,
    adaptation: {
      network: { name: card.name, checksum: card.checksum },
      classes,
      gaussians: cardGaussiansOf({ gaussians: adapted, parents: Int32Array.from(classes.keys()) }),
      thresholds: { ...card.thresholds, logDensity },
      persons: judged.persons,
      measured: {
        before: measured(before, { data, protocol: "The same faces, named by the model before it was adapted." }),
        after: measured(after, { data, protocol: how }),
      },
    },
  };
}

/** Who is who, where persons can be told apart; else each picture counts as a person of its own. */
function personsOf(people: readonly string[]): { readonly persons: readonly string[]; readonly notes: readonly string[] } {
  const named = new Set(people.filter((name) => name !== ""));
  const alone = people.map(() => "");
  if (named.size === 0) {
    return {
      persons: alone,
      notes: [
        "Nothing says who is in a picture: each counts as a person of its own. " +
          "Where several are of one person, others will be named less well than is said here.",
      ],
    };
  }
  if (named.size > 1 || people.includes("")) return { persons: people, notes: [] };
  return { persons: alone, notes: [`All faces are of one person (${[...named][0]}): nobody can say how well it names others.`] };
}

/** Of how many persons more, and of how many fewer, faces are named rightly. */
function changesOf(
  persons: readonly string[],
  { labels, before, after }: { readonly labels: Int32Array; readonly before: Judgement; readonly after: Judgement },
): { readonly gained: number; readonly lost: number } {
  const change = new Map<string, number>();
  persons.forEach((name, i) => {
    const person = name === "" ? `picture ${i}` : `person ${name}`;
    const [was, is] = [before, after].map(({ predicted }) => Number(predicted[i] === labels[i])) as [number, number];
    change.set(person, (change.get(person) ?? 0) + is - was);
  });
  const changes = [...change.values()];
  return { gained: changes.filter((one) => one > 0).length, lost: changes.filter((one) => one < 0).length };
}

function measured(
  { n, accuracy, logLoss, ece, perClass }: Judgement,
  { data, protocol }: { readonly data: string; readonly protocol: string },
): ModelMeasurement {
  const digits = (x: number) => Number(x.toPrecision(7));
  const { value, low, high } = accuracy;
  return {
    data,
    n,
    protocol: `${protocol} Calibration error ${ece.toFixed(1)} %, log-loss ${logLoss.toFixed(2)} nats.`,
    metrics: { accuracy: { value: digits(value), low: digits(low), high: digits(high) } },
    recall: Object.fromEntries(perClass.map(({ name, n: faces, recall }) => [name, { value: digits(recall.value), n: faces }])),
  };
}
