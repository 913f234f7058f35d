/** Tables and values as the experiments' pages show them. */

/** A value with its 95 % interval. */
export interface Measured {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** `82.4 <sub>81.0–83.7</sub>`; the interval always has one digit. */
export function withInterval({ value, low, high }: Measured, digits = 1): string {
  return `${value.toFixed(digits)} <sub>${low.toFixed(1)}–${high.toFixed(1)}</sub>`;
}

/** A Markdown table, its first column to the left and the others to the right. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = head.map((_, i) => (i === 0 ? "---" : "---:"));
  return [head, rule, ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}
