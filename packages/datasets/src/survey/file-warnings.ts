import { show } from "@semblant/core/internals";
import type { PeopleKnown } from "../dataset/dataset.ts";
import type { JoinedClasses } from "../labels/class-names.ts";
import type { LabeledFile } from "./labelled-file.ts";
import { unitOf } from "./people.ts";

/** Where spellings were joined to one class. */
export function joinedWarning({ name, spellings }: JoinedClasses["joined"][number]): string {
  return `${spellings.map((word) => show(word)).join(" and ")} are one class, which is called ${name}.`;
}

/** Classes that are named in a warning. */
const most = 20;

/** Numbers mean other expressions in each set. */
export function numbersWarning(classes: readonly string[]): string[] {
  if (classes.length === 0 || !classes.every((name) => /^\d+$/.test(name))) return [];
  const named = classes.length <= most ? classes.join(", ") : `${classes.slice(0, most).join(", ")} ... (${classes.length} classes)`;
  return [`labels are numbers, which do not say what they mean: classes are called ${named}. Write words in their place to change that.`];
}

/** Where only some pictures say who is in them. */
export function strangersWarning(files: readonly LabeledFile[], people: PeopleKnown | undefined): string[] {
  const kept = files.filter(({ dropped }) => dropped === undefined);
  const unknown = kept.filter((file) => unitOf(file) === undefined).length;
  if (people === undefined || unknown === 0) return [];
  return [
    `${unknown.toLocaleString("en-US")} of ${kept.length.toLocaleString("en-US")} pictures do not say ` +
      `who is in them: each counts as another person.`,
  ];
}

/** Names of pictures that are said in a warning. */
const shown = 5;

/** Where pictures were read though their files end early. */
export function cutWarning(remarks: readonly string[]): string[] {
  if (remarks.length === 0) return [];
  const named = remarks.slice(0, shown).join("; ");
  const more = remarks.length > shown ? ` ... and ${(remarks.length - shown).toLocaleString("en-US")} more` : "";
  return [
    `${remarks.length === 1 ? "a picture was" : `${remarks.length.toLocaleString("en-US")} pictures were`} ` +
      `read with a remark: ${named}${more}.`,
  ];
}
