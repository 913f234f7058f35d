import type { Language, Words } from "../../../strings/language.ts";
import { count, percent } from "../../../strings/numbers.ts";
import type { EntryName } from "../data/coloring.ts";
import type { MapFaces } from "../data/faces.ts";

/** A line of the legend in words. */
export function entryInWords(name: EntryName, words: Words, language: Language): string {
  const { map } = words;
  switch (name.kind) {
    case "class":
      return words.look(name.name);
    case "subclass":
      return map.subclass(words.look(name.name), String(name.number));
    case "verdict":
      return { unsure: map.unsure, "none of these": map.noneOfThese, turned: map.turned }[name.verdict];
    case "share":
      return name.from === 0 ? map.under(percent(name.to, language)) : map.share(percent(name.from, language), percent(name.to, language));
    case "person":
      return map.person(String(name.number));
    case "corrected":
      return map.corrected;
    case "as found":
      return map.asFound;
    case "alone":
      return map.alone;
    case "others":
      return map.others;
  }
}

/** What is said of one face: "happy-looking, 87 %". */
export function faceInWords(faces: MapFaces, row: number, words: Words, language: Language): string {
  const look = words.look(faces.expressions[faces.expression[row] as number] ?? "");
  const share = percent(faces.probability[row] as number, language);
  const { map } = words;
  switch (faces.verdicts[faces.verdict[row] as number]) {
    case "corrected":
      return map.byYou(look);
    case "unsure":
      return map.perhaps(look, share);
    case "none of these":
      return map.noneOfThese;
    case "turned":
      return map.turned;
    default:
      return map.sure(look, share);
  }
}

export const countOf = (value: number, language: Language) => count(value, language);
