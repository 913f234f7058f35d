import { statSync } from "node:fs";
import { DataError, OptionError } from "@semblant/core";
import { libraryFlag } from "../flags/library-flag.ts";
import { smallestFlag } from "../flags/smallest-flag.ts";
import { isLoopback } from "../server/hosts.ts";
import { openBrowser } from "../server/open-browser.ts";
import { commandOf } from "../terminal/command.ts";
import type { CommandPage } from "../terminal/declaration.ts";
import { onlyGiven } from "../terminal/given.ts";
import { listenForInterruption } from "../terminal/interruption.ts";
import { wholeNumber } from "../terminal/parse.ts";
import type { Terminal } from "../terminal/terminal.ts";

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
    "Only this machine reaches it, by the address with its token. Nothing leaves this machine, and photos are only read.",
    "A static page keeps its visitors' photos in their own browsers. Serve it by HTTPS, in any folder of a web server.",
    "Ctrl-C and SIGTERM end it; the status is then 0. What was read is kept.",
  ],
} as const satisfies CommandPage;

export const command = commandOf(page, async ([given], { port, host, open, static: site, ...reading }, terminal) => {
  if (site !== undefined) {
    const others = Object.keys(onlyGiven({ folder: given, port, host, ...reading }));
    if (others.length > 0) {
      throw new OptionError(`app: expected --static alone, but got ${others.join(", ")} too: the page is for any folder.`);
    }
    return writeSite(site, terminal);
  }
  const folder = given ?? ".";
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new DataError(`app: expected a folder of photos, but there is no folder ${JSON.stringify(folder)}.`);
  }
  const interruption = listenForInterruption(() => terminal.note("Stopping ..."));
  try {
    const [{ pageFolder }, { serveApp }, { LibraryShelf }, { keptToken }, { openRuns }] = await Promise.all([
      import("../server/page-folder.ts"),
      import("../server/app-server.ts"),
      import("../server/library-shelf.ts"),
      import("../server/kept-token.ts"),
      import("../server/runs/open-runs.ts"),
    ]);
    const built = pageFolder();
    const shelf = await LibraryShelf.open(folder, onlyGiven(reading));
    const runs = openRuns(folder);
    try {
      const { file, readonly } = shelf.place;
      const token = readonly ? undefined : keptToken(file);
      const first = runs?.isFolder === true ? "/runs" : undefined;
      const server = await serveApp({
        shelf,
        page: built,
        extra: runs === undefined ? [] : [runs],
        ...onlyGiven({ port, host, token, first }),
      });
      try {
        if (!isLoopback(server.host)) terminal.complain(warning(server.host));
        terminal.print(server.address);
        terminal.result({ address: server.address });
        if (open !== false) openBrowser(server.ticket(), { ...process, isTTY: process.stdout.isTTY === true });
        await ended(interruption.signal);
      } finally {
        await server.close();
      }
    } finally {
      await runs?.close();
      await shelf.close();
    }
    return 0;
  } finally {
    interruption.release();
  }
});

async function writeSite(site: string, terminal: Terminal): Promise<number> {
  const [{ pageFolder }, { writeStaticPage }] = await Promise.all([import("../server/page-folder.ts"), import("../server/static-page.ts")]);
  const written = writeStaticPage(pageFolder(), site);
  terminal.print(`${written.folder}: ${written.files} files, ${Math.round(written.bytes / 1e6)} MB. Any web server can hand it out.`);
  terminal.result({ ...written });
  return 0;
}

const warning = (host: string) =>
  `Others in the network can reach ${host}: who has the address sees every photo of this library. What they are sent is not encrypted.`;

function ended(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((done) => signal.addEventListener("abort", () => done(), { once: true }));
}
