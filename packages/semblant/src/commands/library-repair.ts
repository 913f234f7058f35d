import { DataError, EngineError } from "@semblant/core";
import { findLibrary, type Mended, repairLibrary } from "@semblant/photos";
import { counted, indexFolder } from "@semblant/photos/internals";
import { page } from "../pages/library-repair.ts";
import { commandOf } from "../terminal/command.ts";
import { onlyGiven } from "../terminal/given.ts";
import type { Terminal } from "../terminal/terminal.ts";

export const command = commandOf(page, async ([folder = "."], { index = true, ...opening }, terminal) => {
  const { file } = opening;
  const own = file === undefined ? (findLibrary(folder) ?? folder) : folder;
  terminal.live("mending ...");
  const repaired = await repairLibrary(own, opening);
  terminal.endLive();
  const { problems, salvaged, rows } = repaired;
  terminal.print(
    problems.length === 0
      ? "Nothing was wrong; tables and order were made anew."
      : `Mended:\n${problems.map((one) => `  ${one}`).join("\n")}`,
  );
  if (rows !== undefined) sayRows(terminal, rows);
  if (salvaged !== undefined) {
    const { photos = 0, faces = 0, corrections = 0 } = salvaged.rows;
    const saved = [counted(photos, "photo"), counted(faces, "face"), counted(corrections, "correction")];
    terminal.print(`Saved ${saved.join(", ")}; the damaged file is ${salvaged.kept}`);
  }
  const lacking = salvaged !== undefined || (rows?.photos ?? 0) > 0;
  const reread = lacking && index ? await readAgain(own, onlyGiven({ library: file }), terminal) : undefined;
  if (lacking && reread === undefined) terminal.print(`Now read again what is missing: semblant index ${own}`);
  terminal.result({ folder: own, ...repaired, reread });
  return 0;
});

function sayRows(terminal: Terminal, { mended, reread, lost }: Mended): void {
  const list = (title: string, names: readonly string[]) => {
    if (names.length > 0) terminal.print(`${title}:\n${names.map((name) => `  ${name}`).join("\n")}`);
  };
  list("As it was again", mended);
  list("Taken out, to be read again", reread);
  list("Lost, say it again", lost);
}

/** How many photos were read again; undefined where that cannot be done now. */
async function readAgain(folder: string, library: { readonly library?: string }, terminal: Terminal): Promise<number | undefined> {
  try {
    const { read, moved } = await indexFolder(folder, library, ({ done, total }) => {
      terminal.live(`reading photos: ${done}/${total}`);
    });
    terminal.endLive();
    terminal.print(`Read again: ${counted(read + moved, "photo")}`);
    return read + moved;
  } catch (error) {
    terminal.endLive();
    if (!(error instanceof DataError || error instanceof EngineError)) throw error;
    terminal.complain(`library repair: ${error.message}`);
    return undefined;
  }
}
