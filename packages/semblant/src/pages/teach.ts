import { readingFlags } from "../flags/folder-flags.ts";
import type { CommandPage } from "../terminal/declaration.ts";

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
