import { dirname, resolve } from "node:path";
import { printable } from "@semblant/core/internals";
import { counted, isServerAddress, openNearest } from "@semblant/photos/internals";
import { page } from "../pages/library-forget.ts";
import { commandOf } from "../terminal/command.ts";

export const command = commandOf(page, async ([path], { in: folder, ...opening }, terminal) => {
  const place = resolve(path);
  // A server's library knows paths alone, from a folder that may lie anywhere: it is the one in which one is.
  const here = path === "." || isServerAddress(opening.file ?? "");
  const library = await openNearest("library forget", folder ?? (here ? "." : dirname(place)), opening);
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
