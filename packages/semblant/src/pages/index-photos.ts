import { placeFlag } from "../flags/library-flag.ts";
import { smallestFlag } from "../flags/smallest-flag.ts";
import type { CommandPage } from "../terminal/declaration.ts";
import { wholeNumber } from "../terminal/parse.ts";

export const page = {
  name: "index",
  group: "photos",
  place: 1,
  usage: "<folder> [options]",
  sentence: "Find the photos of a folder, the faces in them and what they look like, and keep it all in one file beside them.",
  examples: [
    ["semblant index ~/Pictures", "later: what changed"],
    ['semblant index photos --exclude "raw,*.png"', "but not these"],
    ["semblant index /nas --worker --library postgres://db/nas", "one of many"],
  ],
  arguments: ["<folder>"],
  options: [
    {
      flags: "--exclude <patterns>",
      text: "names or paths to leave out, now and later: raw,*.png or 2019/**; may be given several times",
      default: "as before; none at first",
      parse: (text: string, before?: unknown): string[] => [...(Array.isArray(before) ? before : []), text],
    },
    { flags: "--no-exclude", text: "leave out nothing from now on" },
    { flags: "--follow-links", text: "follow links that lead out of the folder" },
    { flags: "--retry", text: "read again what could not be read and has not changed" },
    { flags: "-m, --model <which>", text: "small, or a file of semblant export or adapt", default: "the one that ships" },
    smallestFlag,
    { flags: "--replace-model", text: "read every photo again where the model is another" },
    placeFlag,
    { flags: "--same-folder", text: "go on where most photos of a library on a server are gone or others: it is their folder" },
    { flags: "--worker", text: "only read what an index lists in the queue of a library on a server, until nothing is left" },
    { flags: "--wait", text: "a worker stays and waits for more" },
    {
      flags: "-w, --workers <n>",
      text: "photos that are read at once",
      default: "the processors, at most 4",
      parse: wholeNumber("workers", 1),
    },
    {
      flags: "--photo-seconds <n>",
      text: "most time for one photo; then it is left out",
      default: "60",
      parse: wholeNumber("photo-seconds", 1),
    },
    {
      flags: "--photo-memory <MiB>",
      text: "most memory for one photo",
      default: "1536, or half of all",
      parse: wholeNumber("photo-memory", 256),
    },
  ],
  notes: [
    "Photos are only read, and GPS never. It may be stopped or killed at any time and goes on from there.",
    "Nothing leaves this machine, but for what is found in the photos where --library names a server. No photo does.",
    "Ctrl-C and SIGTERM stop it at once, whichever photo is being read; the status is then 130.",
    "Files that are no photos by their names are counted. A name with a comma needs its own --exclude; " +
      "\\* stands for a star in a name. An exclusion that leaves nothing out is refused.",
    "Exclusions hold for album, search and the other questions, and for the next index, until --exclude names others.",
    "A photo that cannot be read is named. It is read again when it, its permission or what reads it has changed.",
    "Photos that were moved keep their faces and corrections. What is deleted from the folder is dropped from the library.",
    "A library on a server has a queue. Start one index, and as many workers as you like, on any machine with the same photos. " +
      "Each photo is read once, however often they are stopped or killed.",
    "A library on a server is of one folder. Photos of another are refused where most known ones are gone or have another size. " +
      "Name another schema for each folder: ?schema=NAME.",
    "A photo that a worker cannot see or open is left to others. What nobody could see is named at the end, with status 1.",
    "Status is also 1 where a photo could not be read that had not failed before; the others are done.",
  ],
} as const satisfies CommandPage;
