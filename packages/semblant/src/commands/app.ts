import { statSync } from "node:fs";
import { DataError, OptionError } from "@semblant/core";
import { page } from "../pages/app.ts";
import { isLoopback } from "../server/hosts.ts";
import { openBrowser } from "../server/open-browser.ts";
import { commandOf } from "../terminal/command.ts";
import { onlyGiven } from "../terminal/given.ts";
import { listenForInterruption } from "../terminal/interruption.ts";
import type { Terminal } from "../terminal/terminal.ts";

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
