import { guardFormula } from "./formula-guard.ts";

/**
 * A field of a comma-separated line as RFC 4180 has it: quoted where a comma, quote or line end stands in it, and where a spreadsheet of
 * another country would divide it (a semicolon, a tab). A text that would be run as a formula is guarded; numbers stay numbers.
 */
export function csvField(field: string | number): string {
  const text = typeof field === "number" ? String(field) : guardFormula(field);
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
