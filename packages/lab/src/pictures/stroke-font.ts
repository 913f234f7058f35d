import { paper } from "@semblant/photos/internals";
import { advanceOf, type } from "./figure.ts";
import { glyphs } from "./stroke-glyphs.ts";

/**
 * The picture with its words as strokes, which need no font: plainer than letters of a font, in the same places and of the same widths.
 * Accents are left off, and a character without strokes is a box.
 *
 * @example
 * wordsAsStrokes('<text x="1" y="9">l</text>').slice(0, 45); // '<g><path d="M1.77,8.72L1.77,4.1" fill="none" '
 */
export function wordsAsStrokes(svg: string): string {
  return svg.replace(/<text\b([^>]*)>([\s\S]*?)<\/text>/g, (_, attributes: string, content: string) => {
    const read = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1];
    const size = Number.parseFloat(read("font-size") ?? String(type.body));
    const bold = Number(read("font-weight") ?? 400) >= 600 || read("font-weight") === "bold";
    const parts = partsOf(content, read("fill") ?? paper.ink);
    const width = parts.reduce((sum, { words }) => sum + strokeWidth(words, size), 0);
    const anchor = read("text-anchor");
    let x = Number(read("x") ?? 0) - (anchor === "middle" ? width / 2 : anchor === "end" ? width : 0);
    const y = Number(read("y") ?? 0);
    const drawn = parts.map(({ words, fill }) => {
      const data = strokes(words, x, y, size);
      x += strokeWidth(words, size);
      return data === "" ? "" : strokePath(data, fill, (bold ? 0.115 : 0.076) * size, Number(read("stroke-width") ?? 0));
    });
    const transform = read("transform");
    return `<g${transform === undefined ? "" : ` transform="${transform}"`}>${drawn.join("")}</g>`;
  });
}

const rounded = 'stroke-linecap="round" stroke-linejoin="round"';

/** Strokes, on a rim of paper where the words had one. */
function strokePath(data: string, color: string, width: number, rim: number): string {
  const line = (stroke: string, wide: number) =>
    `<path d="${data}" fill="none" stroke="${stroke}" stroke-width="${Math.round(wide * 100) / 100}" ${rounded}/>`;
  return (rim > 0 ? line(paper.ground, width + rim) : "") + line(color, width);
}

/** The words of a text element, each with its own color. */
function partsOf(content: string, fill: string): { words: string; fill: string }[] {
  return [...content.matchAll(/<tspan\b([^>]*)>([\s\S]*?)<\/tspan>|([^<]+)/g)].map(([, attributes, inner, plain]) => ({
    words: unescaped(plain ?? inner ?? ""),
    fill: /\bfill="([^"]*)"/.exec(attributes ?? "")?.[1] ?? fill,
  }));
}

const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescaped(markup: string): string {
  const plain = markup.replace(/&(?:#(\d+)|(\w+));/g, (_, code?: string, name = "") =>
    code === undefined ? (named[name] ?? "") : String.fromCodePoint(Number(code)),
  );
  return plain.normalize("NFD").replace(/\p{M}/gu, "");
}

const strokeWidth = (words: string, size: number) => Array.from(words).reduce((sum, letter) => sum + (advanceOf(letter) * size) / 1000, 0);

/** Path data of words that start at x on the baseline y. */
function strokes(words: string, x: number, y: number, size: number): string {
  let [data, at] = ["", x];
  for (const letter of words) {
    data += lettersStrokes(letter, at, y, size / 100);
    at += (advanceOf(letter) * size) / 1000;
  }
  return data;
}

const box = "8,0 48,0 48,70 8,70 8,0";

function lettersStrokes(letter: string, x: number, y: number, scale: number): string {
  const place = ([u, v]: readonly [number, number]) =>
    `${Math.round((x + u * scale) * 100) / 100},${Math.round((y - v * scale) * 100) / 100}`;
  return (glyphs[letter] ?? box)
    .split(";")
    .filter((stroke) => stroke.trim() !== "")
    .map((stroke) => {
      const kind = /^[~o]/.exec(stroke)?.[0];
      const points = stroke
        .replace(/^[~o]/, "")
        .trim()
        .split(" ")
        .map((point) => point.split(",").map(Number) as [number, number]);
      const [first] = points as [[number, number]];
      if (kind === undefined) return `M${points.map(place).join("L")}`;
      return `M${place(first)}${spline(points, kind === "o")
        .map((piece) => `C${piece.map(place).join(" ")}`)
        .join("")}`;
    })
    .join("");
}

type Point = readonly [number, number];

/** Catmull and Rom's curve through the points as Bézier pieces; closed, it comes back to the first. */
function spline(points: readonly Point[], closed: boolean): Point[][] {
  const n = points.length;
  const at = (i: number) => (closed ? points[(i + n) % n] : points[Math.min(Math.max(i, 0), n - 1)]) as Point;
  return Array.from({ length: closed ? n : n - 1 }, (_, i) => {
    const [before, from, to, after] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    return [
      [from[0] + (to[0] - before[0]) / 6, from[1] + (to[1] - before[1]) / 6],
      [to[0] - (after[0] - from[0]) / 6, to[1] - (after[1] - from[1]) / 6],
      to,
    ];
  });
}
