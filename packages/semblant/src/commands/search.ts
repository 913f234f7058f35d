import { formatTable } from "@semblant/core/internals";
import { type SearchAnswer, search } from "@semblant/photos";
import { noFaceFound, percent, queryInWords } from "@semblant/photos/internals";
import { tellUnlike } from "../flags/opened-folder.ts";
import { page } from "../pages/search.ts";
import { commandOf } from "../terminal/command.ts";

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
