import { dirname, isAbsolute, resolve } from "node:path";
import { printable } from "@semblant/core";
import { openNearest } from "@semblant/photos";
import { counted } from "@semblant/photos/sheets";
import type { CommandPage } from "../terminal/page.ts";
import type { CommandModule } from "./command.ts";

export const page: CommandPage = {
  name: "library forget",
  usage: "<path> [options]",
  sentence: "Remove every trace of a photo or folder from its library, down to the bytes; the photos themselves are not touched.",
  examples: [
    ["semblant library forget party/", "a folder, with all in it"],
    ["semblant library forget me.jpg", "one photo"],
    ["semblant library forget .", "everything below here"],
  ],
  arguments: ["<path>"],
  options: [
    { flags: "--in <folder>", text: "whose library", default: "the path's own, or above" },
    { flags: "--library <file>", text: "where the library is", default: ".semblant/ in the folder" },
  ],
  notes: [
    "The next index finds the photos again where they still are: move them away, or leave them out with --exclude. To keep a library from showing them, hide them: semblant library correct --hide.",
  ],
};

export const command: CommandModule = {
  page,
  async run([path], { in: folder, library: file }, terminal) {
    const place = isAbsolute(path as string) ? (path as string) : resolve(path as string);
    const opening = file === undefined ? {} : { file: file as string };
    const library = await openNearest("library forget", (folder as string | undefined) ?? (path === "." ? "." : dirname(place)), opening);
    try {
      terminal.live("forgetting ...");
      const forgotten = library.forget(place);
      terminal.endLive();
      const { photos, faces, corrections, copies, taught } = forgotten;
      const all = [counted(photos, "photo"), counted(faces, "face"), counted(corrections, "correction")];
      terminal.print(`Forgotten: ${all.join(", ")} of ${printable(forgotten.path)}`);
      if (copies.length > 0)
        terminal.print(`Copies of the same photos stay, in other places: ${copies.map((copy) => printable(copy)).join(", ")}`);
      if (taught.length > 0) {
        terminal.print(`Taught classes stay (${taught.join(", ")}): each is a mean of its examples, which may have been among these.`);
      }
      terminal.result(forgotten);
      return 0;
    } finally {
      library.close();
    }
  },
};
