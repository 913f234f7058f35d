import type { SetModel } from "@semblant/answers";
import { readSoundTaught } from "./taught-file.ts";
import type { TaughtPlace } from "./taught-text.ts";

/** The names of a model's classes and of those that its library was taught. */
export function knownClasses(place: TaughtPlace, model: SetModel): string[] {
  return [...model.classes, ...readSoundTaught(place, model).classes.map(({ name }) => name)];
}
