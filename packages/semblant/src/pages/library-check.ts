import { libraryFlag } from "../flags/library-flag.ts";
import type { CommandPage } from "../terminal/declaration.ts";

export const page = {
  name: "library check",
  group: "library",
  place: 1,
  usage: "[folder] [options]",
  sentence: "Say what a library holds, whether it is whole, what could not be read and what is missing. Changes nothing.",
  examples: [
    ["semblant library check", "of this folder or above"],
    ["semblant library check ~/Pictures", "of another"],
    ["semblant library check --json", "all errors, as one JSON"],
  ],
  arguments: ["[folder]"],
  options: [libraryFlag],
  notes: ["Status is also 1 where the library needs repair."],
} as const satisfies CommandPage;
