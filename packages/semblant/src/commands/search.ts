import { formatTable } from "@semblant/core/internals";
import { type SearchAnswer, search } from "@semblant/photos";
import { addFilter, noFaceFound, percent, queryInWords } from "@semblant/photos/internals";
import { tellUnlike } from "../flags/opened-folder.ts";
import { sheetFlag } from "../flags/sheet-flag.ts";
import { smallestFlag } from "../flags/smallest-flag.ts";
import { commandOf } from "../terminal/command.ts";
import type { CommandPage } from "../terminal/declaration.ts";
import { wholeNumber } from "../terminal/parse.ts";

export const page = {
  name: "search",
  group: "photos",
  place: 2,
  usage: "<face|photo|words> [options]",
  sentence: "Find the faces of a library whose expression is most like that of a face, or that fit words best.",
  examples: [
    ["semblant search me.jpg -k 24 --sheet alike.html", "like this one"],
    ['semblant search "happy, mouth open"', "what words say"],
    ["semblant search 1204 --filter folder=2024", "like face 1204"],
  ],
  arguments: ["<query>"],
  options: [
    { flags: "-k, --count <n>", name: "k", text: "how many faces", default: "12", parse: wholeNumber("count", 1) },
    {
      flags: "--filter <conditions>",
      text: "folder=, since=, until=, expression=, side>=, sharpness>=, score>=, turn<=, hidden=yes; may be given several times",
      default: "all",
      parse: addFilter,
    },
    { flags: "--approximate", text: "by an index, for very many faces; says what share it finds" },
    sheetFlag,
    { flags: "--in <folder>", text: "whose photos", default: "this one, or above" },
    { flags: "--library <file>", text: "where the library is", default: ".semblant/ in the folder" },
    { flags: "-m, --model <which>", text: "a model's file, or small", default: "the one that ships" },
    smallestFlag,
  ],
  notes: [
    "Words have commas between: classes and what people say for them, not sad, happiness/2 (a sub-class), " +
      "mouth open, eyes closed, frontal, sharp. Of several faces in a photo the largest is meant.",
    "Similar means similar expressions, and similar persons too: the answer says how often the nearest face is the same person.",
  ],
} as const satisfies CommandPage;

export const command = commandOf(page, async ([query], { in: folder = ".", ...options }, terminal) => {
  const { sheet } = options;
  const answer = await search(folder, query, options, terminal.live);
  terminal.endLive();
  terminal.print(`${formatHeading(answer)}\n`);
  for (const remark of answer.remarks ?? []) terminal.note(`search: ${remark}`);
  if (answer.hits.length > 0) terminal.print(formatHits(answer));
  const faceless = noFaceFound(answer.withoutFaces, { so: "not searched" });
  if (faceless !== undefined) terminal.print(`\n${faceless}`);
  const { identityLeak } = answer;
  if (answer.query.kind !== "words" && identityLeak !== undefined) {
    terminal.print(
      `\nThe nearest face is the same person in ${Math.round(identityLeak.share)} % of cases (measured ` +
        `on ${identityLeak.n} ${identityLeak.data}; by chance ${Math.round(identityLeak.chance)} %).`,
    );
  }
  tellUnlike(answer.shift, terminal);
  if (sheet !== undefined) terminal.print(`\nsheet: ${sheet} (holds copies of faces)`);
  terminal.result({ ...answer, sheet });
  return 0;
});

function formatHeading({ hits, searched, exact, recall, query }: SearchAnswer): string {
  const how = exact ? "exact" : `approximate, finds ${(100 * (recall ?? 0)).toFixed(1)} % of the nearest`;
  return (
    `${hits.length} of ${searched.toLocaleString("en-US")} ` +
    `faces ${query.kind === "words" ? "for" : "like"} ${queryInWords(query)} (${how})`
  );
}

function formatHits({ hits, query }: SearchAnswer): string {
  const rows = hits.map(({ face, distance, fit, looks, probability, verdict, path }) => [
    path,
    `#${face}`,
    (distance ?? fit ?? 0).toFixed(3),
    verdict === "named" || verdict === "corrected" ? `${looks} ${percent(probability)}` : looks,
  ]);
  return formatTable([["", "face", query.kind === "words" ? "fit" : "distance", "looks"], ...rows]);
}
