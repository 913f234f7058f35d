import type { Dataset, LabeledImages } from "./dataset.ts";

/**
 * Whether the names of people mean the same people in two data sets.
 *
 * @example
 * const data = generateFaces({ count: 40 });
 * samePeople(data, data); // true
 */
export function samePeople(a: Pick<Dataset, "people">, b: Pick<Dataset, "people">): boolean {
  return a === b || (a.people !== undefined && a.people.by === b.people?.by && a.people.within === b.people.within);
}

/**
 * Images without what is known of people: beside those of another set, whose names mean others.
 *
 * @example
 * withoutPeople(generateFaces({ count: 40 }).test).subjects; // undefined
 */
export function withoutPeople(images: LabeledImages): LabeledImages {
  const { subjects: _subjects, subjectNames: _names, sequences: _sequences, sequenceNames: _sequenceNames, ...rest } = images;
  return rest;
}
