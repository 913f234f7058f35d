import { libraryFlag } from "../flags/library-flag.ts";
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
  options: [{ flags: "--in <folder>", text: "whose library", default: "the path's own, or above; with a server, this one" }, libraryFlag],
  notes: [
    "The next index finds the photos again where they still are: move them away, or leave them out with " +
      "--exclude. If a library is only not to show them, hide them: semblant library correct --hide.",
  ],
} as const satisfies CommandPage;
