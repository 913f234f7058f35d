import { markerPath } from "@semblant/answers/internals";
import { useWords } from "../strings/language.ts";
import { styleOf } from "./class-styles.ts";

/** A class's shape in its colour; words stand beside it. */
export function ClassMark({ name, classes }: { readonly name: string; readonly classes: readonly string[] }) {
  const { color, shape } = styleOf(name, classes);
  return (
    <svg className="class-mark" viewBox="-7 -7 14 14" aria-hidden="true" focusable="false">
      <path d={markerPath(shape, 0, 0, 5)} style={{ fill: color }} />
    </svg>
  );
}

/** How a face of a class looks: "happy-looking", with its mark. */
export function Look({ name, classes }: { readonly name: string; readonly classes: readonly string[] }) {
  const words = useWords();
  return (
    <span className="look">
      <ClassMark name={name} classes={classes} />
      {words.look(name)}
    </span>
  );
}
