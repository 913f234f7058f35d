import { DataError } from "@semblant/core";
import { show } from "@semblant/core/internals";

/** One line of a table: its fields, and its number in the file, counted from 1. */
export interface CsvLine {
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * The lines of a comma-separated text as RFC 4180 has them: quoted fields may hold commas, doubled quotes and line breaks;
 * LF or CRLF; a byte order mark is skipped; empty lines are left out.
 *
 * @param where what the error calls the file
 * @param separator what stands between fields, one character, where it is no comma
 * @throws DataError if a quoted field never ends, or goes on after its closing quote
 *
 * @example
 * parseCsv("labels.csv", 'path,label\n"a, b.png",happy\n')[1]?.fields; // ["a, b.png", "happy"]
 */
export function parseCsv(where: string, text: string, separator = ","): CsvLine[] {
  const lines: CsvLine[] = [];
  let at = text.startsWith("\ufeff") ? 1 : 0;
  let line = 1;
  const code = separator.charCodeAt(0);
  while (at < text.length) {
    const first = line;
    const fields: string[] = [];
    for (;;) {
      if (text[at] === '"') {
        const quoted = readQuoted(where, text, { from: at, line, separator });
        fields.push(quoted.field);
        line += quoted.breaks;
        at = quoted.end;
      } else {
        const end = endOfField(text, at, code);
        fields.push(text.slice(at, end));
        at = end;
      }
      if (text[at] !== separator) break;
      at++;
    }
    if (text[at] === "\r") at++;
    if (text[at] === "\n") at++;
    line++;
    if (fields.length > 1 || fields[0] !== "") lines.push({ line: first, fields });
  }
  return lines;
}

function endOfField(text: string, from: number, separator: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === separator || code === 10 || (code === 13 && (text[at + 1] === "\n" || at + 1 === text.length))) break;
  }
  return at;
}

function readQuoted(
  where: string,
  text: string,
  { from, line, separator }: { readonly from: number; readonly line: number; readonly separator: string },
): { field: string; breaks: number; end: number } {
  let field = "";
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) throw new DataError(`${where} line ${line}: a quoted field begins here and never ends.`);
    field += text.slice(at, quote);
    at = quote + 1;
    if (text[at] !== '"') break;
    field += '"';
    at++;
  }
  if (at < text.length && text[at] !== separator && !"\r\n".includes(text[at] as string)) {
    throw new DataError(
      `${where} line ${line}: expected ${nameOf(separator)} or the end of the line after a closing quote, but got ${show(text[at])}.`,
    );
  }
  return { field, breaks: field.split("\n").length - 1, end: at };
}

function nameOf(separator: string): string {
  if (separator === ",") return "a comma";
  if (separator === ";") return "a semicolon";
  return separator === "\t" ? "a tab" : JSON.stringify(separator);
}
