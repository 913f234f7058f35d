import { OptionError } from "@semblant/core";
import { writeEmbeddings } from "@semblant/files";
import { checkEnding } from "@semblant/files/internals";
import { dataAndOverrides } from "../flags/data-words.ts";
import { loadLab } from "../lab/load-lab.ts";
import { page } from "../pages/embed.ts";
import { commandOf } from "../terminal/command.ts";

export const command = commandOf(page, async ([run, first, rest], { data, out, ...options }, terminal) => {
  const { embedData } = await loadLab();
  const asked = dataAndOverrides("embed", "<run> [data]", [first, rest], data);
  if (out === undefined)
    throw new OptionError("embed: expected --out with the file to write, but got nothing.\n  See: semblant embed --help");
  checkEnding(out);
  terminal.live("embedding ...");
  const X = await embedData(run, { ...options, ...asked }, terminal.live);
  const files = await writeEmbeddings(out, X);
  terminal.endLive();
  terminal.print(`${X.rows} faces as points of ${X.columns} numbers: ${files.join(", ")}`);
  terminal.result({ rows: X.rows, columns: X.columns, files });
  return 0;
});
