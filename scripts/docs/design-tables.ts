/** The tables of docs/explanation/design-language.md, from the values that the page and the sheets are made of. */
import { colors, expressionStyles } from "@semblant/answers/internals";

const uses: Partial<Readonly<Record<keyof typeof colors, string>>> = {
  paper: "the ground of all",
  card: "what lies on it",
  ink: "words",
  soft: "words of less weight",
  line: "rules between things",
  edge: "the edge of what can be pressed",
  accent: "what can be pressed, what is chosen",
  good: "right, better",
  bad: "wrong, worse, gone",
};

/** Each color in both schemes, with its contrast beside paper, from 1 to 21. */
export function colorTable(): string {
  const rows = Object.entries(uses).map(([name, use]) => {
    const both = colors[name as keyof typeof colors];
    const contrasts = ([0, 1] as const).map((at) => (name === "paper" ? "" : contrast(both[at], colors.paper[at]).toFixed(1)));
    return [`\`${name}\``, use, `\`${both[0]}\``, contrasts[0], `\`${both[1]}\``, contrasts[1]];
  });
  return table(["", "for", "light", "beside paper", "dark", "beside paper"], rows);
}

/** Each expression's color in both schemes, and its shape. */
export function classTable(): string {
  return table(
    ["expression", "light", "dark", "shape"],
    Object.entries(expressionStyles).map(([name, { color, dark, shape }]) => [name, `\`${color}\``, `\`${dark}\``, shape]),
  );
}

function table(head: readonly string[], rows: readonly (readonly (string | undefined)[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** As WCAG 2 has it. */
function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(hex: string): number {
  return [1, 3, 5]
    .map((from) => Number.parseInt(hex.slice(from, from + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
    .reduce((sum, value, i) => sum + value * ([0.2126, 0.7152, 0.0722][i] as number), 0);
}
