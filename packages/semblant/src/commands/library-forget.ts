import { dirname, resolve } from "node:path";
import { printable } from "@semblant/core/internals";
import { counted, openNearest } from "@semblant/photos/internals";
import { libraryFlag } from "../flags/library-flag.ts";
import { commandOf } from "../terminal/command.ts";
import type { CommandPage } from "../terminal/declaration.ts";

export const page = {
  name: "library forget",
  group: "library",
  place: 4,
  usage: "<path> [options]",
  sentence: "Remove every trace of a photo or folder from its library, down to the bytes. The photos themselves are not touched.",
  examples: [
    ["semblant library forget party/", "a folder, with all in it"],
    ["semblant library forget me.jpg", "one photo"],
    ["semblant library forget .", "everything below here"],
  ],
  arguments: ["<path>"],
  options: [{ flags: "--in <folder>", text: "whose library", default: "the path's own, or above" }, libraryFlag],
  notes: [
    "The next index finds the photos again where they still are: move them away, or leave them out with " +
      "--exclude. If a library is only not to show them, hide them: semblant library correct --hide.",
  ],
} as const satisfies CommandPage;

export const command = commandOf(page, async ([path], { in: folder, ...opening }, terminal) => {
  const place = resolve(path);
  const library = await openNearest("library forget", folder ?? (path === "." ? "." : dirname(place)), opening);
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
});
