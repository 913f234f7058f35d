import { formatTable } from "@semblant/core/internals";
import type { AdaptedFaces } from "@semblant/photos";
import { counted, facesTurned, noFaceFound } from "@semblant/photos/internals";

/** What is said of an adapted model, wherever its faces are from. */
interface ShownAdapted extends Omit<AdaptedFaces, "adaptation"> {
  readonly file?: string;
  readonly library?: string;
  readonly withoutFaces: readonly string[];
  readonly turned?: readonly string[];
  readonly unlabeled?: number;
}

/**
 * How well a model names somebody's faces before and after it was adapted to them: the conclusion first, then per class.
 *
 * @param toGoBack the command that lets a library answer by its model as it was trained again
 */
export function formatAdapted(adapted: ShownAdapted, toGoBack: string): string {
  const { before, after, newClasses, notes, withoutFaces, turned = [], unlabeled = 0 } = adapted;
  const number = (n: number) => n.toLocaleString("en-US");
  const rows = after.perClass.map(({ name, n, recall }, i) => [
    newClasses.includes(name) ? `${name} (new)` : name,
    number(n),
    percent(before.perClass[i]?.recall.value),
    percent(recall.value),
    range(recall),
  ]);
  return [
    lead(adapted),
    formatTable([
      ["% named rightly", "faces", "before", "after", "95 % interval"],
      ...rows,
      ["all", number(after.n), percent(before.accuracy.value), percent(after.accuracy.value), range(after.accuracy)],
      ["calibration error", "", percent(before.ece), percent(after.ece), ""],
    ]),
    "Each face was named by Gaussians that had not seen its person. Intervals are over persons.",
    ...notes,
    noFaceFound(withoutFaces, { noun: "labelled photo" }),
    facesTurned(turned),
    ...(unlabeled > 0 ? [`${counted(unlabeled, "photo")} without a label`] : []),
    ...kept(adapted, toGoBack),
  ]
    .filter((part) => part !== undefined)
    .join("\n\n");
}

function lead({ faces, persons, before, after, difference, better, gained, lost }: ShownAdapted): string {
  const right = ({ accuracy, n }: ShownAdapted["after"]) => Math.round((accuracy.value * n) / 100).toLocaleString("en-US");
  const points = `${difference.value < 0 ? "−" : "+"}${Math.abs(difference.value).toFixed(1)} points`;
  const interval = Number.isFinite(difference.low) ? ` (${signed(difference.low)} to ${signed(difference.high)})` : "";
  const of = `${counted(faces, "face")} of ${counted(persons, "person")}`;
  const named = `${of}: ${right(before)} right before, ${right(after)} after, ${points}${interval}.`;
  const people = `Of the persons, ${gained.toLocaleString("en-US")} gain by it and ${lost.toLocaleString("en-US")} lose.`;
  const surer = difference.value > 0 ? "" : " Kept, since it knows better how sure it may be.";
  return better
    ? `${named}${surer}\n${people}`
    : `Not kept, since it is no better. ${named}\n${people} More faces per class may help, of more persons.`;
}

function kept({ file, library }: ShownAdapted, toGoBack: string): string[] {
  return [
    ...(file === undefined ? [] : [`kept in ${file}: semblant classify me.jpg --model ${/\s/.test(file) ? `"${file}"` : file}`]),
    ...(library === undefined ? [] : [`${library} answers by it from now on; to go back: ${toGoBack}`]),
  ];
}

const percent = (value: number | undefined) => (value === undefined || !Number.isFinite(value) ? "" : value.toFixed(1));
const range = ({ low, high }: { readonly low: number; readonly high: number }) =>
  Number.isFinite(low) ? `${low.toFixed(1)}–${high.toFixed(1)}` : "";
const signed = (value: number) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(1)}`;
