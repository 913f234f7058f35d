import { formatTable } from "@semblant/core";
import { addFilter, asked, type SearchPhotosOptions, searchPhotos } from "@semblant/photos";
import { noFaceFound, percent } from "@semblant/photos/sheets";
import type { CommandPage } from "../terminal/page.ts";
import { wholeNumber } from "../terminal/parse.ts";
import type { CommandModule } from "./command.ts";
import { smallestFlag } from "./smallest-flag.ts";
import { sheetFlag } from "./write-sheet.ts";

export const page: CommandPage = {
  name: "search",
  usage: "<face|photo|words> [options]",
  sentence: "Find the faces of a library whose expressions are most like a face's, or that words fit best.",
  examples: [
    ["semblant search me.jpg -k 24 --sheet alike.html", "like this one"],
    ['semblant search "happy, mouth open"', "what words say"],
    ["semblant search 1204 --filter folder=2024", "like face 1204"],
  ],
  arguments: ["<query>"],
  options: [
    { flags: "-k, --count <n>", text: "how many faces", default: "12", parse: wholeNumber("count", 1) },
    {
      flags: "--filter <conditions>",
      text: "folder=, since=, until=, expression=, side>=, sharpness>=, score>=, turn<=, hidden=yes; may be given several times",
      default: "all",
      parse: addFilter,
    },
    { flags: "--approximate", text: "by an index, for very many faces; says how much it finds" },
    sheetFlag,
    { flags: "--in <folder>", text: "whose photos", default: "this one, or above" },
    { flags: "--library <file>", text: "where the library is", default: ".semblant/ in the folder" },
    { flags: "-m, --model <which>", text: "a model's file, or small", default: "the one that ships" },
    smallestFlag,
  ],
  notes: [
    "Words: the classes and what people say for them, not sad, happiness/2 (a sub-class), mouth open, eyes closed, frontal, sharp; with commas between. Of several faces in a photo the largest is meant.",
    "Likeness is of expressions, and of persons too: a page says how often the nearest face is the same person.",
  ],
};

export const command: CommandModule = {
  page,
  async run([query], given, terminal) {
    const { count, json: _json, quiet: _quiet, color: _color, ...options } = given as SearchPhotosOptions & Record<string, unknown>;
    const answer = await searchPhotos(query as string, { ...options, ...(count !== undefined && { k: count as number }) }, terminal.live);
    terminal.endLive();
    const { hits, searched, exact, recall, identityLeak, withoutFaces } = answer;
    const how = exact ? "exact" : `approximate, finds ${(100 * (recall ?? 0)).toFixed(1)} % of the nearest`;
    const words = answer.query.kind === "words";
    terminal.print(
      `${hits.length} of ${searched.toLocaleString("en-US")} faces ${words ? "for" : "like"} ${asked(answer.query)} (${how})\n`,
    );
    const rows = hits.map(({ face, distance, fit, looks, probability, verdict, path }) => [
      path,
      `#${face}`,
      distance === undefined ? (fit as number).toFixed(3) : distance.toFixed(3),
      verdict === "named" || verdict === "corrected" ? `${looks} ${percent(probability)}` : looks,
    ]);
    for (const remark of answer.remarks ?? []) terminal.note(`search: ${remark}`);
    if (hits.length > 0) terminal.print(formatTable([["", "face", words ? "fit" : "distance", "looks"], ...rows]));
    const faceless = noFaceFound(withoutFaces, { so: "not searched" });
    if (faceless !== undefined) terminal.print(`\n${faceless}`);
    if (!words && identityLeak !== undefined) {
      terminal.print(
        `\nThe nearest face is the same person in ${Math.round(identityLeak.share)} % of cases (measured on ${identityLeak.n} ${identityLeak.data}; by chance ${Math.round(identityLeak.chance)} %).`,
      );
    }
    if (options.sheet !== undefined) terminal.print(`\nsheet: ${options.sheet} (holds copies of faces)`);
    terminal.result({ ...answer, ...(options.sheet !== undefined && { sheet: options.sheet }) });
    return 0;
  },
};
