/** One line of a gallery: a heading, or pictures of one height. */
export type Line =
  | { readonly kind: "heading"; readonly text: string; readonly height: number; readonly count: number }
  | { readonly kind: "pictures"; readonly from: number; readonly widths: readonly number[]; readonly height: number };

export interface Gallery {
  /** Pixels across. */
  readonly width: number;
  /** About how high pictures are. */
  readonly height: number;
  /** Between pictures. */
  readonly gap: number;
  readonly headingHeight: number;
}

/** Extremes are shown cut: a panorama no wider than this, a strip no narrower. */
const [narrowest, widest] = [0.4, 3];

/**
 * Pictures in lines that are filled from side to side: each line as high as fits its pictures, near the height that is wanted. A section
 * begins a new line; its last line is not stretched.
 *
 * @param ratios width over height of each picture
 * @param sections where each begins, and its heading; none begins before the first
 *
 * @example
 * justify([1, 1, 1], [], { width: 210, height: 100, gap: 10, headingHeight: 0 });
 * // [{ kind: "pictures", from: 0, widths: [100, 100], height: 100 }, { kind: "pictures", from: 2, widths: [100], height: 100 }]
 */
export function justify(
  ratios: readonly number[],
  sections: readonly { readonly from: number; readonly text: string }[],
  { width, height, gap, headingHeight }: Gallery,
): Line[] {
  const lines: Line[] = [];
  const starts = sections.length > 0 && sections[0]?.from === 0 ? sections : [{ from: 0, text: "" }, ...sections];
  for (const [s, { from, text }] of starts.entries()) {
    const end = starts[s + 1]?.from ?? ratios.length;
    if (text !== "") lines.push({ kind: "heading", text, height: headingHeight, count: end - from });
    let first = from;
    let sum = 0;
    for (let i = from; i < end; i++) {
      const ratio = Math.min(widest, Math.max(narrowest, ratios[i] as number));
      const room = width - gap * (i - first);
      const fits = (sum + ratio) * height >= room;
      sum += ratio;
      if (!fits && i < end - 1) continue;
      const high = fits ? room / sum : height;
      lines.push(lineOf(ratios, { from: first, to: i + 1, high, width: fits ? room : undefined }));
      first = i + 1;
      sum = 0;
    }
  }
  return lines;
}

/** A line of pictures; where it is full, its widths add up to the pixel. */
function lineOf(
  ratios: readonly number[],
  { from, to, high, width }: { readonly from: number; readonly to: number; readonly high: number; readonly width: number | undefined },
): Line {
  const height = Math.round(high);
  const widths: number[] = [];
  let exact = 0;
  let taken = 0;
  for (let i = from; i < to; i++) {
    exact += Math.min(widest, Math.max(narrowest, ratios[i] as number)) * high;
    const one = (i === to - 1 && width !== undefined ? Math.floor(width) : Math.round(exact)) - taken;
    widths.push(one);
    taken += one;
  }
  return { kind: "pictures", from, widths, height };
}

/**
 * Where an arrow leads in a gallery: to the neighbour in the line, or to the picture above or below whose middle is nearest.
 *
 * @param at number of the picture
 * @param step -1 or 1 along the line; or lines up (negative) or down
 */
export function walk(lines: readonly Line[], at: number, step: { readonly along: number } | { readonly down: number }): number {
  const rows = lines.filter((line) => line.kind === "pictures");
  const last = rows.at(-1);
  if (last === undefined) return at;
  const count = last.from + last.widths.length;
  if ("along" in step) return Math.max(0, Math.min(count - 1, at + step.along));
  const row = rows.findIndex(({ from, widths }) => at >= from && at < from + widths.length);
  const own = rows[row];
  const target = rows[Math.max(0, Math.min(rows.length - 1, row + step.down))];
  if (own === undefined || target === undefined || own === target) return at;
  const middle = middles(own.widths)[at - own.from] as number;
  const far = middles(target.widths).map((x) => Math.abs(x - middle));
  return target.from + far.indexOf(Math.min(...far));
}

function middles(widths: readonly number[]): number[] {
  let x = 0;
  return widths.map((width) => {
    x += width;
    return x - width / 2;
  });
}
