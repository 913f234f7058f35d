import { refuseUnknown } from "@semblant/core";
import { forgetTaught, type PhotoFolderOptions, type TaughtFolder, type TeachFolderOptions, teachFolder } from "@semblant/photos";
import { noFaceFound, percent } from "@semblant/photos/sheets";
import type { CommandPage } from "../terminal/page.ts";
import type { CommandModule } from "./command.ts";
import { folderFlags } from "./photo-folder.ts";

export const page: CommandPage = {
  name: "teach",
  usage: "<name> [faces...] [options]",
  sentence: "Teach a folder's library a new class from a few faces, with no training, and say how well it separates.",
  examples: [
    ["semblant teach bored a.jpg b.jpg --in photos/", "from photos"],
    ["semblant teach bored 17 203 288 --in photos/", "from faces by number"],
    ["semblant teach bored --forget --in photos/", "forget it again"],
  ],
  arguments: ["<name>", "[faces...]"],
  options: [
    { flags: "--in <folder>", text: "whose library is taught", default: "this one, or above" },
    { flags: "--anyway", text: "keep a class that does not separate well" },
    { flags: "--forget", text: "forget the class" },
    ...folderFlags.filter(({ flags }) => !flags.startsWith("--filter")),
  ],
  notes: [
    "Faces are photos (the largest face of each) or numbers that search and cluster show. Five to ten tell most of what can be told. Each face is left out in turn, and the others are asked to find it. A class that finds too few of its own is refused: to the model they have no look in common.",
  ],
};

/** What was learned, in a few lines. */
export function formatTaught({ answer, file, classes, withoutFaces }: TaughtFolder): string {
  const { name, examples, separation, found, reason } = answer;
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

export const command: CommandModule = {
  page,
  async run([name, faces], given, terminal) {
    const { json: _json, quiet: _quiet, color: _color, in: folder = ".", forget, ...options } = given as Record<string, unknown>;
    refuseUnknown("teach", options, ["anyway", "library", "model", "smallest", "followLinks", "index"]);
    if (forget === true) {
      const { anyway: _anyway, index: _index, ...of } = options;
      const left = await forgetTaught(folder as string, name as string, of as PhotoFolderOptions);
      terminal.print(`${name as string}: forgotten. Taught classes left: ${left.join(", ") || "none"}`);
      terminal.result({ forgotten: name, taught: left });
      return 0;
    }
    const result = await teachFolder(
      folder as string,
      name as string,
      faces as string[],
      { ...(options as TeachFolderOptions), note: terminal.note },
      terminal.live,
    );
    terminal.endLive();
    terminal.print(formatTaught(result));
    const { taught: _taught, ...answer } = result.answer;
    terminal.result({
      ...answer,
      kept: result.file !== undefined,
      ...(result.file !== undefined && { file: result.file }),
      classes: result.classes,
      withoutFaces: result.withoutFaces,
    });
    return result.file === undefined ? 1 : 0;
  },
};
