import { invalidOption } from "@semblant/core/internals";
import { type Html, html, paper, trusted } from "@semblant/photos/internals";

/** Points to the inch. Every length in a picture is in points, so that a text of 7 is 7 pt in print. */
const pointsAnInch = 72;

/** Sizes of type in points: what a picture says, what it says beside, and its title. */
export const type = { body: 7, small: 6, title: 8 } as const;

/** Sans serif faces of one width that come with the systems, the first found is taken. */
export const fontFamily = "Liberation Sans, Arial, Helvetica, Nimbus Sans, DejaVu Sans, sans-serif";

/** How wide a picture is in print. */
export interface PrintOptions {
  /** Inches, 2 to 20: a column of a paper is about 3.5 wide, a page 7. */
  readonly width?: number;
  /** Stands above the picture. */
  readonly title?: string;
}

/**
 * The width of a picture in points.
 *
 * @throws OptionError if it is not from 2 to 20 inches
 */
export function widthInPoints(where: string, inches: number): number {
  if (inches >= 2 && inches <= 20) return inches * pointsAnInch;
  throw invalidOption(where, "width", "2 to 20 inches", inches);
}

/** A length as SVG has it: hundredths of a point are enough. */
export const pt = (value: number): string => String(Math.round(value * 100) / 100);

/** Height that a title takes at the top of a picture, in points. */
export const titleHeight = (title: string | undefined): number => (title === undefined ? 0 : type.title + 7);

/** The whole picture: white paper, the title, and what is drawn on it. `description` is read out where it cannot be seen. */
export function figure(
  { width, height, title, description }: { width: number; height: number; title?: string | undefined; description: string },
  content: readonly (Html | string)[],
): string {
  const head = title === undefined ? "" : text(width / 2, type.title + 1, title, { size: type.title, weight: 700, anchor: "middle" });
  const size = html`width="${pt(width)}pt" height="${pt(height)}pt" viewBox="0 0 ${pt(width)} ${pt(height)}"`;
  const words = html`font-family="${fontFamily}" font-size="${type.body}" fill="${paper.ink}" role="img" aria-label="${description}"`;
  const ground = html`<rect width="100%" height="100%" fill="${paper.ground}"/>`;
  return html`<svg xmlns="http://www.w3.org/2000/svg" ${size} ${words}>${ground}${head}${content}</svg>`.html;
}

interface TextOptions {
  readonly size?: number;
  readonly anchor?: "start" | "middle" | "end";
  readonly weight?: 400 | 700;
  readonly color?: string;
  /** Width of a white rim that keeps the words readable on what is drawn beneath. */
  readonly halo?: number;
  /** Degrees, clockwise around (x, y). */
  readonly turn?: number;
}

/** Words with their baseline at y. */
export function text(x: number, y: number, words: string, options: TextOptions = {}): Html {
  const { size = type.body, anchor = "start", weight = 400, color, halo, turn } = options;
  const rim = halo && `stroke="${paper.ground}" stroke-width="${pt(2 * halo)}" stroke-linejoin="round" paint-order="stroke"`;
  const attributes = [
    size !== type.body && `font-size="${pt(size)}"`,
    anchor !== "start" && `text-anchor="${anchor}"`,
    weight !== 400 && `font-weight="${weight}"`,
    color && `fill="${color}"`,
    rim,
    turn && `transform="rotate(${pt(turn)} ${pt(x)} ${pt(y)})"`,
  ].filter(Boolean);
  return html`<text x="${pt(x)}" y="${pt(y)}" ${trusted(attributes.join(" "))}>${words}</text>`;
}

/** Where something is drawn, in points. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const placed = ({ x, y, width, height }: Place) => html`x="${pt(x)}" y="${pt(y)}" width="${pt(width)}" height="${pt(height)}"`;

/** An image in its place. */
export function image(place: Place, uri: string): Html {
  return html`<image ${placed(place)} preserveAspectRatio="none" href="${trusted(uri)}"/>`;
}

/** A rectangle in its place. */
export function rect(place: Place, attributes: Html): Html {
  return html`<rect ${placed(place)} ${attributes}/>`;
}

/** Path data as an element. */
export function path(data: string, attributes: string): Html {
  return data === "" ? trusted("") : html`<path d="${trusted(data)}" ${trusted(attributes)}/>`;
}

// Widths of the characters from space to tilde in thousandths of the size: the metrics that Helvetica, Arial and Liberation Sans share.
const advances = [
  "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556",
  "556 556 278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778",
  "667 778 722 667 611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556",
  "556 222 222 500 222 833 556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584",
].flatMap((row) => row.split(" ").map(Number));

const otherAdvances: Readonly<Record<string, number>> = { "\u00a0": 278, "·": 278, "’": 222, "–": 556, "—": 1000, "…": 1000, "°": 400 };

/** Width of one character in thousandths of the size of type; a letter with an accent is as wide as without. */
export function advanceOf(character: string): number {
  const base = character.normalize("NFD").codePointAt(0) as number;
  return advances[base - 32] ?? otherAdvances[character] ?? (base >= 0x2e80 ? 1000 : 584);
}

/**
 * How wide words are, in points; bold ones are a sixteenth wider.
 *
 * @example
 * textWidth("happiness", 7); // 31.906
 */
export function textWidth(words: string, size: number = type.body, weight: 400 | 700 = 400): number {
  const thousandths = Array.from(words).reduce((sum, character) => sum + advanceOf(character), 0);
  return ((thousandths * size) / 1000) * (weight === 700 ? 1.0625 : 1);
}

/**
 * The words if they fit, else as many of their letters as do, with an ellipsis.
 *
 * @example
 * fitted("happiness", 20, 7); // "hap…"
 */
export function fitted(words: string, width: number, size: number = type.body, weight: 400 | 700 = 400): string {
  if (textWidth(words, size, weight) <= width) return words;
  const letters = Array.from(words);
  while (letters.length > 1 && textWidth(`${letters.join("")}…`, size, weight) > width) letters.pop();
  return `${letters.join("")}…`;
}
