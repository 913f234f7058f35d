import { libraryFlag } from "../flags/library-flag.ts";
import type { CommandPage } from "../terminal/declaration.ts";

export const page = {
  name: "library repair",
  group: "library",
  place: 5,
  usage: "[folder] [options]",
  sentence: "Mend a library: make the tables of search again, and save what can be read of a damaged file.",
  examples: [
    ["semblant library repair", "of this folder or above"],
    ["semblant library repair ~/Pictures", "of another"],
    ["semblant library repair --json", "what was done, as JSON"],
  ],
  arguments: ["[folder]"],
  options: [libraryFlag, { flags: "--no-index", text: "do not read again the photos that lost something" }],
  notes: [
    "A row of which one byte was changed is mended by its checksum. What cannot be mended is read again " +
      "from its photo. A damaged file is kept beside the mended one.",
  ],
} as const satisfies CommandPage;
