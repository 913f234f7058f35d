import { forgetTaught, type Taught, teach } from "@semblant/photos";
import { noFaceFound, percent } from "@semblant/photos/internals";
import { page } from "../pages/teach.ts";
import { commandOf } from "../terminal/command.ts";
import { onlyGiven } from "../terminal/given.ts";

/** What was learned, in a few lines. */
export function formatTaught({ file, classes, withoutFaces, ...learned }: Taught): string {
  const { name, examples, separation, found, reason } = learned;
  const { recall, nearest, dPrime, renamed, accuracy } = separation;
  const faceless = noFaceFound(withoutFaces);
  const from = `${name}, from ${examples} ${examples === 1 ? "face" : "faces"}`;
  return [
    file === undefined ? `${from}: not kept, since ${reason}` : `${from}: kept${reason === undefined ? "" : `, though ${reason}`}`,
    ...(recall === undefined ? [] : [`  left out in turn, ${Math.round(recall * examples)} of ${examples} examples were found`]),
    `  nearest to ${nearest}: d' ${dPrime.toFixed(1)}; takes over ${renamed.faces} of its ${renamed.of} faces here`,
    ...(accuracy === undefined ? [] : [`  told from ${nearest} rightly: about ${percent(accuracy)}`]),
    `  ${found} other ${found === 1 ? "face looks" : "faces look"} so`,
    ...(faceless === undefined ? [] : [`  ${faceless}`]),
    ...(file === undefined
      ? ["  Give five to ten faces that look alike; --anyway keeps it as it is."]
      : [`  classes now: ${classes.join(", ")}`, `  kept in ${file}`]),
  ].join("\n");
}

export const command = commandOf(page, async ([name, faces], { in: folder = ".", forget, anyway, ...options }, terminal) => {
  if (forget === true) {
    const left = await forgetTaught(folder, name, options);
    terminal.print(`${name}: forgotten. Taught classes left: ${left.join(", ") || "none"}`);
    terminal.result({ forgotten: name, taught: left });
    return 0;
  }
  const asked = { ...options, ...onlyGiven({ anyway }), note: terminal.note };
  const result = await teach(folder, { name, faces }, asked, terminal.live);
  terminal.endLive();
  terminal.print(formatTaught(result));
  const { taught: _taught, file, classes, withoutFaces, ...answer } = result;
  terminal.result({ ...answer, kept: file !== undefined, file, classes, withoutFaces });
  return file === undefined ? 1 : 0;
});
