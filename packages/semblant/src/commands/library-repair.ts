import type { Mended } from "../library/mend-library.ts";
import { counted } from "../sheets/sheet.ts";
import type { CommandPage } from "../terminal/page.ts";
import type { Terminal } from "../terminal/terminal.ts";
import type { CommandModule } from "./command.ts";

export const page: CommandPage = {
  name: "library repair",
  usage: "[folder] [options]",
  sentence: "Mend a library: make search's tables anew, and save what can be read of a damaged file.",
  examples: [
    ["semblant library repair", "of this folder or above"],
    ["semblant library repair ~/Pictures", "of another"],
    ["semblant library repair --json", "what was done, as JSON"],
  ],
  arguments: ["[folder]"],
  options: [{ flags: "--library <file>", text: "where the library is", default: ".semblant/ in the folder" }],
  notes: [
    "A damaged file is kept beside the mended one. `semblant index` then reads again the photos that lost something; corrections that can be read are kept.",
  ],
};

export const command: CommandModule = {
  page,
  async run([folder = "."], { library: file }, terminal) {
    const [{ findLibrary }, { repairLibrary }] = await Promise.all([import("../library/library.ts"), import("../library/repair.ts")]);
    const own = file === undefined ? (findLibrary(folder as string) ?? (folder as string)) : (folder as string);
    terminal.live("mending ...");
    const repaired = await repairLibrary(own, file === undefined ? {} : { file: file as string });
    terminal.endLive();
    const { problems, salvaged, rows } = repaired;
    terminal.print(
      problems.length === 0
        ? "Nothing was wrong; tables and order were made anew."
        : `Mended:\n${problems.map((one) => `  ${one}`).join("\n")}`,
    );
    if (rows !== undefined) sayRows(terminal, rows, own);
    if (salvaged !== undefined) {
      const { photos = 0, faces = 0, corrections = 0 } = salvaged.rows;
      const saved = [counted(photos, "photo"), counted(faces, "face"), counted(corrections, "correction")];
      terminal.print(`Saved ${saved.join(", ")}; the damaged file is ${salvaged.kept}`);
      terminal.print(`Now read again what is missing: semblant index ${own}`);
    }
    terminal.result({ folder: own, ...repaired });
    return 0;
  },
};

function sayRows(terminal: Terminal, { mended, reread, lost, photos }: Mended, folder: string): void {
  const list = (title: string, names: readonly string[]) => {
    if (names.length > 0) terminal.print(`${title}:\n${names.map((name) => `  ${name}`).join("\n")}`);
  };
  list("As it was again", mended);
  list("Taken out, to be read again", reread);
  list("Lost, say it again", lost);
  if (photos > 0) terminal.print(`Now read ${counted(photos, "photo")} again: semblant index ${folder}`);
}
