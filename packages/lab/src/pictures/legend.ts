import { type ClassStyle, type Html, html, markerPath, paper } from "@semblant/photos/internals";
import { path, pt, rect, text, textWidth, type } from "./figure.ts";

/** One entry of a legend: a class's look and what is said beside it. */
export interface LegendEntry {
  readonly style: Pick<ClassStyle, "color" | "shape"> & { readonly hollow?: boolean };
  readonly name: string;
  /** Softer, after the name: a count. */
  readonly note?: string;
}

const lineHeight = 10;
const markerRadius = 2.4;
const markerRoom = 9;
const gap = 10;

/** A legend in as many centred lines as its entries need, and its height in points. */
export function legend(entries: readonly LegendEntry[], { x, y, width }: { x: number; y: number; width: number }) {
  const widths = entries.map(({ name, note = "" }) => markerRoom + 1.04 * textWidth(note === "" ? name : `${name} ${note}`) + gap);
  const lines = brokenEvenly(widths, width + gap);
  const drawn = lines.flatMap((line, k): Html[] => {
    const whole = line.reduce((sum, i) => sum + (widths[i] as number), -gap);
    let at = x + Math.max(0, (width - whole) / 2);
    return line.flatMap((i) => {
      const { style, name, note = "" } = entries[i] as LegendEntry;
      const baseline = y + k * lineHeight + type.body;
      const entry = [
        path(
          markerPath(style.shape, at + 3, baseline - 2.4, markerRadius),
          `fill="${style.hollow ? paper.ground : style.color}"${style.hollow ? ` stroke="${style.color}" stroke-width="0.8"` : ""}`,
        ),
        html`<text x="${pt(at + markerRoom)}" y="${pt(baseline)}">${name}${noted(note)}</text>`,
      ];
      at += widths[i] as number;
      return entry;
    });
  });
  return { drawn, height: lines.length * lineHeight };
}

const noted = (note: string) => (note === "" ? "" : html` <tspan fill="${paper.soft}">${note}</tspan>`);

/** As few lines as hold everything, none much shorter than the others: the narrowest width that needs no line more. */
function brokenEvenly(widths: readonly number[], most: number): number[][] {
  const broken = (room: number) => {
    const lines: number[][] = [];
    let left = 0;
    for (const [i, wide] of widths.entries()) {
      if (lines.length === 0 || wide > left) {
        lines.push([]);
        left = room;
      }
      lines.at(-1)?.push(i);
      left -= wide;
    }
    return lines;
  };
  const widest = broken(most);
  const least = widths.reduce((sum, wide) => sum + wide, 0) / Math.max(1, widest.length);
  for (let room = least; room < most; room += 4) {
    const lines = broken(room);
    if (lines.length <= widest.length) return lines;
  }
  return widest;
}

/** The middle of a label, in points, and how much its paper covers, 0 to 1. */
export interface LabelPlace {
  readonly x: number;
  readonly y: number;
  readonly opacity: number;
}

/** A name with its class's marker before it, on a label of white paper whose middle is at (x, y). */
export function classLabel({ color, shape }: ClassStyle, name: string, { x, y, opacity }: LabelPlace): Html {
  const { width, height } = classLabelSize(name);
  const left = x - width / 2;
  const look = html`rx="2.5" fill="${paper.ground}" fill-opacity="${opacity}" stroke="${color}" stroke-width="0.7"`;
  const label = rect({ x: left, y: y - height / 2, width, height }, look);
  const marker = path(markerPath(shape, left + 6, y, 2.5), `fill="${color}"`);
  return html`${label}${marker}${text(left + 11, y + 2.5, name, { weight: 700 })}`;
}

/** Width and height of a class's label in points. */
export function classLabelSize(name: string): { width: number; height: number } {
  return { width: 14 + 1.06 * textWidth(name, type.body, 700), height: 10.5 };
}
