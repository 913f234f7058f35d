/** What a spreadsheet takes for the start of a formula, plain or full-width; a tab or line end lets one start after it. */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/;
const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * A text as a field of a table that a spreadsheet may open: what the spreadsheet would run as a formula gets an apostrophe in front, which
 * makes it text. Numbers stay numbers, negative ones too. {@link withoutGuard} takes it back.
 *
 * Source: OWASP, "CSV Injection".
 *
 * @example
 * guardFormula("=HYPERLINK(1)"); // "'=HYPERLINK(1)"
 * guardFormula("-0.25"); // "-0.25"
 */
export function guardFormula(field: string): string {
  return formula.test(field) && !number.test(field) ? `'${field}` : field;
}

/**
 * The text that {@link guardFormula} was given.
 *
 * @example
 * withoutGuard("'=HYPERLINK(1)"); // "=HYPERLINK(1)"
 * withoutGuard("'til dawn.jpg"); // "'til dawn.jpg"
 */
export function withoutGuard(field: string): string {
  return field.startsWith("'") && formula.test(field) ? field.slice(1) : field;
}
