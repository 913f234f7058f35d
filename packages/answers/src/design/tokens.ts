/** A color on light paper, and on dark. */
export type Schemes = readonly [light: string, dark: string];

/**
 * The colors that are no class's, the only place where they stand: the page's style sheet is made of them, and so is that of the sheets
 * and reports. Words are 4.5 to 1 or more beside what they stand on, in both schemes; the edges of what can be pressed are 3 to 1.
 */
export const colors = {
  paper: ["#f6f7f9", "#11151b"],
  card: ["#ffffff", "#1a2029"],
  raised: ["#ffffff", "#222a35"],
  sunken: ["#eceff3", "#0c1015"],
  ink: ["#1b2430", "#e6eaf0"],
  soft: ["#56606e", "#9ba6b5"],
  line: ["#dfe3e9", "#303a47"],
  edge: ["#858f9d", "#6d7988"],
  accent: ["#0b62a8", "#6db5f2"],
  "on-accent": ["#ffffff", "#0c1722"],
  "accent-soft": ["#e3eef8", "#1d3247"],
  hover: ["rgb(27 36 48 / 6%)", "rgb(230 234 240 / 8%)"],
  press: ["rgb(27 36 48 / 11%)", "rgb(230 234 240 / 14%)"],
  good: ["#00734f", "#4fcfa0"],
  bad: ["#b43a00", "#ff9460"],
  "bad-soft": ["#fbeee7", "#3a241a"],
  veil: ["rgb(27 36 48 / 38%)", "rgb(4 6 9 / 62%)"],
} as const satisfies Readonly<Record<string, Schemes>>;

/** Of what lies above the page: one that is near and sharp, and one that is far and soft. */
const shadows = {
  near: ["rgb(27 36 48 / 8%)", "rgb(0 0 0 / 40%)"],
  far: ["rgb(27 36 48 / 14%)", "rgb(0 0 0 / 55%)"],
} as const satisfies Readonly<Record<string, Schemes>>;

/** Over a photo, whatever the scheme: a photo is neither light nor dark. */
export const overPhoto = { light: "#ffffff", ink: "#1b2430", accent: "#0b62a8" } as const;

/** Sizes of type in pixels, where the browser's own is 16: from there up each is 1.25 times the one before. */
export const textSizes = { xs: 12.8, s: 14, m: 16, l: 20, xl: 25, xxl: 31 } as const;

/** Space in pixels: steps of 4. */
export const spaces = [4, 8, 12, 16, 20, 24, 32, 40, 64] as const;

/** Round corners in pixels: of fields and marks, of cards in lists, of cards. */
export const radii = { s: 6, m: 10, l: 14 } as const;

/** The least width and height of what a finger presses, in pixels. */
export const touch = 44;

const ofSheets = ["paper", "card", "ink", "soft", "line", "accent", "good", "bad"] as const;

/** What the sheets and reports take: their captions are larger than the page's, and a shade lighter. */
export const sheetColors: Readonly<Record<(typeof ofSheets)[number], Schemes>> = {
  ...(Object.fromEntries(ofSheets.map((name) => [name, colors[name]])) as Record<(typeof ofSheets)[number], Schemes>),
  soft: ["#5b6676", "#9ba6b5"],
};

/** The page's style sheet of values: `packages/web/src/design/css/tokens.css` is this text, and a test holds that. */
export function tokensCss(): string {
  const both = ([light, dark]: Schemes) => `light-dark(${light}, ${dark})`;
  const lines = [
    "color-scheme: light dark;",
    "",
    ...Object.entries(colors).map(([name, schemes]) => `--${name}: ${both(schemes)};`),
    `--shadow: 0 1px 2px ${both(shadows.near)}, 0 10px 32px ${both(shadows.far)};`,
    ...Object.entries(overPhoto).map(([name, color]) => `--over-photo-${name}: ${color};`),
    "",
    ...Object.entries(textSizes).map(([name, pixels]) => `--text-${name}: ${pixels / 16}rem;`),
    "",
    ...spaces.map((pixels) => `--space-${pixels / 4}: ${pixels}px;`),
    "",
    ...Object.entries(radii).map(([name, pixels]) => `--radius-${name}: ${pixels}px;`),
    "--round: 999px;",
    "",
    `--touch: ${touch}px;`,
    "/* All that moves takes one of these times, so that nothing moves where a person wants none of it. */",
    "--quick: 120ms;",
    "--sweep: 1.6s;",
  ];
  return `/* Made of packages/answers/src/design/tokens.ts, as a test says. Classes have --class-0 to --class-7. */
:root {
${lines.map((line) => (line === "" ? "" : `  ${line}`)).join("\n")}
}

:root[data-theme="light"] {
  color-scheme: light;
}

:root[data-theme="dark"] {
  color-scheme: dark;
}

@media (prefers-reduced-motion: reduce) {
  :root {
    --quick: 0ms;
    --sweep: 0ms;
  }
}
`;
}
