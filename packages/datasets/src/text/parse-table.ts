import { type CsvLine, parseCsv } from "./csv.ts";

/** What stands between the fields of a table; `spaces` for any run of blanks. */
export type Separator = "," | ";" | "\t" | "|" | "spaces";

/** In the order in which they are tried where two fit as well. */
const separators = [",", "\t", ";", "|"] as const;
/** As much of a table as is looked at for its separator. */
const sample = 16_384;

/**
 * The lines of a table whose separator nobody said: commas, semicolons (as spreadsheets write in half of Europe), tabs, bars or blanks,
 * whichever cuts most of the first lines into as many fields as the first. A first line `sep=;`, which Excel reads, is passed over.
 *
 * @param where what the error calls the file
 * @throws DataError as {@link parseCsv} does
 *
 * @example
 * parseTable("labels.csv", "path;label\na.png;happy\n")[1]?.fields; // ["a.png", "happy"]
 */
export function parseTable(where: string, text: string): CsvLine[] {
  const said = /^\ufeff?sep=([,;\t|])\r?\n/i.exec(text);
  const body = said === null ? text : text.slice(said[0].length);
  const separator = (said?.[1] as Separator | undefined) ?? separatorOf(body);
  const lines = separator === "spaces" ? byBlanks(body) : parseCsv(where, body, separator);
  return said === null ? lines : lines.map(({ line, fields }) => ({ line: line + 1, fields }));
}

/** What stands between the fields, by the beginning of a text; a comma where nothing fits. */
export function separatorOf(text: string): Separator {
  const beginning = text.length <= sample ? text : text.slice(0, text.lastIndexOf("\n", sample) + 1);
  let best: { readonly separator: Separator; readonly alike: number } = { separator: ",", alike: 0 };
  for (const separator of separators) {
    const alike = alikeLines(beginning, separator);
    if (alike > best.alike) best = { separator, alike };
  }
  if (best.alike > 0) return best.separator;
  const counts = new Set(byBlanks(beginning).map(({ fields }) => fields.length));
  return counts.size === 1 && !counts.has(1) ? "spaces" : ",";
}

/** The part of the lines that have as many fields as the first; 0 where that is one. */
function alikeLines(text: string, separator: string): number {
  try {
    const [first, ...lines] = parseCsv("", text, separator);
    const fields = first?.fields.length ?? 0;
    return fields < 2 ? 0 : (1 + lines.filter((line) => line.fields.length === fields).length) / (1 + lines.length);
  } catch {
    return 0; // a quote that does not end as it should with this separator
  }
}

function byBlanks(text: string): CsvLine[] {
  return text.split(/\r?\n/).flatMap((line, i) => (line.trim() === "" ? [] : [{ line: i + 1, fields: line.trim().split(/\s+/) }]));
}
