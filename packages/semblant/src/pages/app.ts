import { libraryFlag } from "../flags/library-flag.ts";
import { smallestFlag } from "../flags/smallest-flag.ts";
import type { CommandPage } from "../terminal/declaration.ts";
import { wholeNumber } from "../terminal/parse.ts";

export const page = {
  name: "app",
  group: "photos",
  place: 0,
  usage: "[folder] [options]",
  sentence: "Look at a folder's faces in the browser: see their space, search it, correct it, make an album.",
  examples: [
    ["semblant app ~/Pictures", "opens the browser"],
    ["semblant app photos --no-open --port 4100", "only says where it is"],
    ["semblant app --static site", "the page alone, for any web server"],
  ],
  arguments: ["[folder]"],
  options: [
    libraryFlag,
    { flags: "-m, --model <which>", text: "small, or a file of semblant export or adapt", default: "the one that ships" },
    smallestFlag,
    { flags: "--port <n>", text: "where it listens", default: "a free one", parse: wholeNumber("port", 0, 65_535) },
    { flags: "--host <name>", text: "the address it listens at; any but this machine's own lets others in", default: "127.0.0.1" },
    { flags: "--no-open", text: "do not open the browser" },
    { flags: "--static <folder>", text: "write the page there, for any web server: it then works on its visitors' photos" },
  ],
  notes: [
    "The folder is that in which the command is given, unless another is named. Its library is made where it is missing.",
    "A folder of training runs opens on them; else runs are those of runs/ in the folder, or where the command is given.",
    "A training that the app started stops when the app ends, after a step, with a checkpoint. It can be resumed.",
    "Only this machine reaches it, by the address with its token. Photos are only read.",
    "Nothing leaves this machine, but for what is found in the photos where --library names a server. No photo does.",
    "A static page keeps its visitors' photos in their own browsers. Serve it by HTTPS, in any folder of a web server.",
    "Ctrl-C and SIGTERM end it; the status is then 0. What was read is kept.",
  ],
} as const satisfies CommandPage;
