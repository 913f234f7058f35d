import { forgetTaught, type Taught, teach } from "@semblant/photos";
import { noFaceFound, percent } from "@semblant/photos/internals";
import { readingFlags } from "../flags/folder-flags.ts";
import { commandOf } from "../terminal/command.ts";
import type { CommandPage } from "../terminal/declaration.ts";
import { onlyGiven } from "../terminal/given.ts";

export const page = {
  name: "teach",
  group: "photos",
  place: 8,
  usage: "<name> [faces...] [options]",
  sentence: "Teach a folder's library a new class from a few faces, without training, and say how well it separates.",
  examples: [
    ["semblant teach bored yawns/*.jpg --in photos/", "from photos, five or more"],
    ["semblant teach bored 17 203 288 35 61 --in photos/", "by number"],
    ["semblant teach bored --forget --in photos/", "forget it again"],
  ],
  arguments: ["<name>", "[faces...]"],
  options: [
    { flags: "--in <folder>", text: "the folder whose library is taught", default: "this one, or above" },
    { flags: "--anyway", text: "keep a class that does not separate well" },
    { flags: "--forget", text: "forget the class" },
    ...readingFlags,
  ],
  notes: [
    "Faces are photos (the largest face of each) or numbers that search and cluster show. Five to ten " +
      "are enough. Each face is left out in turn, and the others are asked to find it. A class that finds " +
      "too few of its own is refused: to the model its faces have no look in common.",
  ],
} as const satisfies CommandPage;

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
