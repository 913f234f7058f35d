import type { CommandOption } from "../terminal/declaration.ts";
import { filterFlag } from "./filter-flag.ts";
import { placeFlag } from "./library-flag.ts";
import { smallestFlag } from "./smallest-flag.ts";

/** What the commands that ask about a folder of photos take, but for the faces that they are asked about. */
export const readingFlags = [
  placeFlag,
  { flags: "--model <which>", text: "small, or a file of semblant export or adapt", default: "the one that ships" },
  smallestFlag,
  { flags: "--follow-links", text: "follow links that lead out of the folder" },
  { flags: "--no-index", text: "ask about what is known, without looking for new photos" },
] as const satisfies readonly CommandOption[];

/** What the commands that ask about a folder of photos take. */
export const folderFlags = [filterFlag, ...readingFlags] as const satisfies readonly CommandOption[];
