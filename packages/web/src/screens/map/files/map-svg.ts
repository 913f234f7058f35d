import { type MarkerShape, markerPath } from "@semblant/answers/internals";
import type { Ellipse } from "../plane/ellipse.ts";
import { type Size, toScreen, type View } from "../plane/view.ts";

/** What a drawing of a map shows: what is seen of it. */
export interface DrawnMap {
  readonly title: string;
  readonly view: View;
  readonly size: Size;
  /** (rows, 2) */
  readonly positions: Float32Array;
  /** (rows): an index into the lines; others are not drawn. */
  readonly groups: Uint8Array;
  readonly lines: readonly DrawnLine[];
  readonly radius: number;
  readonly ground: string;
  readonly ink: string;
}

export interface DrawnLine {
  readonly name: string;
  readonly color: string;
  readonly shape: MarkerShape;
  readonly ellipse?: Ellipse | undefined;
}

/** Height of a line of the legend. */
const LINE = 20;

/** A map as a drawing that stays sharp at any size: the points of a line of the legend are one path. */
export function mapSvg({ title, view, size, positions, groups, lines, radius, ground, ink }: DrawnMap): string {
  const paths: string[][] = lines.map(() => []);
  for (let row = 0; row < groups.length; row++) {
    const path = paths[groups[row] as number];
    if (path === undefined) continue;
    const { x, y } = toScreen(view, size, positions[2 * row] as number, positions[2 * row + 1] as number);
    if (x < -radius || y < -radius || x > size.width + radius || y > size.height + radius) continue;
    path.push(markerPath((lines[groups[row] as number] as DrawnLine).shape, x, y, radius));
  }
  const points = lines.map(({ color }, i) => `<path fill="${escaped(color)}" d="${(paths[i] as string[]).join("")}"/>`);
  const ellipses = lines.flatMap(({ ellipse, color }) => (ellipse === undefined ? [] : [ellipseOf(ellipse, view, size, color)]));
  const legend = lines.map(
    ({ name, color, shape }, i) =>
      `<path fill="${escaped(color)}" d="${markerPath(shape, 10, size.height + LINE * (i + 0.5), 5)}"/>` +
      `<text x="22" y="${size.height + LINE * (i + 0.5) + 4}" fill="${escaped(ink)}">${escaped(name)}</text>`,
  );
  const height = size.height + LINE * lines.length + 8;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${height}" viewBox="0 0 ${size.width} ${height}"`,
    `  font-family="system-ui,sans-serif" font-size="13">`,
    `<title>${escaped(title)}</title><rect width="100%" height="100%" fill="${escaped(ground)}"/>`,
    `<clipPath id="map"><rect width="${size.width}" height="${size.height}"/></clipPath><g clip-path="url(#map)">`,
    ...points,
    ...ellipses,
    "</g>",
    ...legend,
    "</svg>\n",
  ].join("\n");
}

function ellipseOf({ x, y, long, short, angle }: Ellipse, view: View, size: Size, color: string): string {
  const middle = toScreen(view, size, x, y);
  const n = (value: number) => Math.round(100 * value) / 100;
  const turn = `rotate(${n((-angle * 180) / Math.PI)} ${n(middle.x)} ${n(middle.y)})`;
  const [rx, ry] = [n(long * view.scale), n(short * view.scale)];
  const place = `cx="${n(middle.x)}" cy="${n(middle.y)}" rx="${rx}" ry="${ry}" transform="${turn}"`;
  return `<ellipse ${place} fill="none" stroke="${escaped(color)}" stroke-width="2"/>`;
}

const signs: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => signs[sign] as string);
