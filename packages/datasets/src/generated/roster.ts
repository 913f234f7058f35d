import { expressions, type Random } from "@semblant/core";
import type { SplitName } from "../dataset/dataset.ts";
import type { Build } from "./identity.ts";
import { SUBCLASSES, type Subclass } from "./subclasses.ts";

/** One picture to be made: of whom, showing what, in which split. */
export interface Sitting {
  readonly person: number;
  readonly label: number;
  readonly subclass: number;
  readonly split: SplitName;
}

export type Balance = "equal" | "natural";

/** Training images of each class in FER+ (label.csv, majority mode; Barsoum et al. 2016). */
const FER_PLUS_COUNTS = [8733, 7284, 3136, 3022, 2098, 116, 536, 120] as const;

/** Builds of five people in a row: of every five pictures three show adults, who wear glasses, bare their teeth or neither. */
const BUILDS: readonly Build[] = ["child", "bearded", "adult", "adult", "adult"];
const PASSING: readonly Subclass[] = ["plain", "glasses", "teeth"];

/** The build of a person by number. */
export function buildOf(person: number): Build {
  return BUILDS[person % BUILDS.length] as Build;
}

/**
 * Who is pictured with what expression and in which sub-class, in random order.
 *
 * A tenth of the people go to validation, a fifth to test and the rest to training (at least one each). Every class goes
 * around all people in turn,
 * its last, incomplete round evenly spread over them, so that classes and sub-classes have the same shares in every split as far as the
 * numbers divide. An adult takes plain, glasses and teeth in turn.
 *
 * @param people at least 3
 */
export function drawRoster(count: number, people: number, balance: Balance, random: Random): Sitting[] {
  const order = queue(people, random);
  const forValidation = Math.max(1, Math.round(people * 0.1));
  const forTest = Math.max(1, Math.round(people * 0.2));
  const splitAt = (place: number): SplitName => (place < forValidation ? "validation" : place < forValidation + forTest ? "test" : "train");
  const roster: Sitting[] = [];
  for (const [label, n] of classCounts(count, balance).entries()) {
    for (let j = 0; j < n; j++) {
      const round = Math.floor(j / people);
      const inRound = Math.min(people, n - round * people);
      const place = Math.floor((((j - round * people + 0.5) * people) / inRound) % people);
      const person = order[place] as number;
      roster.push({ person, label, subclass: subclassOf(person, round + label), split: splitAt(place) });
    }
  }
  return random.shuffle(roster);
}

/**
 * People in the order in which splits take them: fives (of all builds) shuffled, so that every split has all builds if
 * it has five people.
 */
function queue(people: number, random: Random): number[] {
  const fives = random.permutation(Math.ceil(people / BUILDS.length));
  return Array.from(fives).flatMap((five) => BUILDS.map((_, k) => five * BUILDS.length + k).filter((person) => person < people));
}

function subclassOf(person: number, turn: number): number {
  const build = buildOf(person);
  const passing = PASSING[(person + turn) % PASSING.length] as Subclass;
  return SUBCLASSES.indexOf(build === "child" ? "child" : build === "bearded" ? "beard" : passing);
}

/** How many images each class gets: equal shares or FER+'s, rounded so that they add up to count, with at least one of each. */
function classCounts(count: number, balance: Balance): number[] {
  const weights = balance === "equal" ? expressions.map(() => 1) : [...FER_PLUS_COUNTS];
  const sum = weights.reduce((a, b) => a + b, 0);
  const rest = count - weights.length;
  const exact = weights.map((weight) => (weight / sum) * rest);
  const counts = exact.map((share) => 1 + Math.floor(share));
  const missing = count - counts.reduce((a, b) => a + b, 0);
  const byRemainder = exact
    .map((share, label) => ({ label, part: share - Math.floor(share) }))
    .sort((a, b) => b.part - a.part || a.label - b.label);
  for (const { label } of byRemainder.slice(0, missing)) counts[label] = (counts[label] as number) + 1;
  return counts;
}
