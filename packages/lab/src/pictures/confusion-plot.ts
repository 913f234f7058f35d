import { ShapeError } from "@semblant/core";
import { refuseUnknown } from "@semblant/core/internals";
import { type Html, html, paper } from "@semblant/photos/internals";
import { figure, type PrintOptions, rect, text, textWidth, titleHeight, widthInPoints } from "./figure.ts";

/** What a confusion matrix shows. */
export interface ConfusionPlot extends PrintOptions {
  /** (classes, classes), row by row: how many faces of the row's label were taken for the column's. */
  readonly counts: ArrayLike<number>;
  readonly classes: readonly string[];
}

/**
 * The share of each row that is in each column, 0 to 1, row by row; a row of nothing is 0.
 *
 * @example
 * rowShares([3, 1, 0, 0], 2); // [0.75, 0.25, 0, 0]
 */
export function rowShares(counts: ArrayLike<number>, classes: number): number[] {
  const totals = Array.from({ length: classes }, (_, i) => {
    let total = 0;
    for (let j = 0; j < classes; j++) total += counts[i * classes + j] as number;
    return total;
  });
  return Array.from(counts, (count, at) => {
    const total = totals[Math.floor(at / classes)] as number;
    return total === 0 ? 0 : count / total;
  });
}

/**
 * Labels against answers as SVG text: a row for each label, a column for each answer, shaded and written in percent of the row, the
 * number of faces at the right. One hue from light to dark, so that it reads in grey too.
 *
 * @param width inches in print, 2 to 20 (3.5)
 * @throws ShapeError if counts are not classes × classes
 * @throws OptionError if width is out of range or an option unknown
 *
 * @example
 * confusionPlot({ counts: [3, 1, 0, 2], classes: ["happiness", "anger"] }).slice(0, 4); // "<svg"
 */
export function confusionPlot(options: ConfusionPlot): string {
  const where = "confusionPlot";
  refuseUnknown(where, options, ["counts", "classes", "title", "width"]);
  const { counts, classes, title } = options;
  const C = classes.length;
  if (counts.length !== C * C) throw new ShapeError(`${where}: expected ${C} x ${C} counts, but got ${counts.length}.`);
  const width = widthInPoints(where, options.width ?? 3.5);
  const shares = rowShares(counts, C);
  const names = Math.max(...classes.map((name) => textWidth(name))) * 1.08 + 6;
  const left = names + 10;
  const right = 26;
  const cell = Math.min(40, (width - left - right) / C);
  const high = Math.min(cell, 20);
  const steep = classes.some((name) => textWidth(name) > cell - 1);
  const top = titleHeight(title) + (steep ? 0.72 * names + 8 : 12);

  const rim = html` stroke="${paper.ink}" stroke-width="0.6"`;
  const cells = shares.flatMap((share, at): Html[] => {
    const [i, j] = [Math.floor(at / C), at % C];
    const [x, y] = [left + j * cell, top + i * high];
    const percent = Math.round(100 * share);
    return [
      rect({ x, y, width: cell - 0.8, height: high - 0.8 }, html`fill="${shade(share)}"${i === j ? rim : ""}`),
      text(x + cell / 2 - 0.4, y + high / 2 + 2.1, percent === 0 ? (counts[at] === 0 ? "" : "<1") : String(percent), {
        anchor: "middle",
        color: share > 0.5 ? paper.ground : paper.ink,
        ...(i === j && { weight: 700 as const }),
      }),
    ];
  });
  const rows = classes.flatMap((name, i) => {
    let total = 0;
    for (let j = 0; j < C; j++) total += counts[i * C + j] as number;
    const y = top + (i + 0.5) * high + 2.1;
    return [
      text(left - 4, y, name, { anchor: "end" }),
      text(left + C * cell + right - 3, y, total.toLocaleString("en-US"), { anchor: "end", color: paper.soft }),
    ];
  });
  const heads = classes.map((name, j) => {
    const x = left + (j + 0.5) * cell;
    return steep ? text(x - 1, top - 4, name, { turn: -45 }) : text(x, top - 4, name, { anchor: "middle" });
  });
  const bottom = top + C * high;
  const sides = [
    text(left + (C * cell) / 2, bottom + 9, "taken for, % of the label's faces", { anchor: "middle", color: paper.soft }),
    text(8, top + (C * high) / 2, "label", { anchor: "middle", color: paper.soft, turn: -90 }),
    text(left + C * cell + right - 3, bottom + 9, "faces", { anchor: "end", color: paper.soft }),
  ];
  const right45 = steep ? 0.72 * textWidth(classes.at(-1) ?? "") - right : 0;
  const description =
    `${title ?? "Confusion matrix"}: ` +
    `${classes.map((name, i) => `${name} ${Math.round(100 * (shares[i * C + i] as number))} % right`).join(", ")}`;
  return figure({ width: Math.max(width, left + C * cell + right45), height: bottom + 13, title, description }, [
    ...cells,
    ...rows,
    ...heads,
    ...sides,
  ]);
}

/** From nearly white to the strongest blue; even steps look even. */
function shade(share: number): string {
  const [from, to] = [
    [243, 246, 250],
    [11, 90, 160],
  ] as const;
  const mix = share ** 0.7;
  return `rgb(${from.map((value, c) => Math.round(value + ((to[c] as number) - value) * mix)).join(",")})`;
}
