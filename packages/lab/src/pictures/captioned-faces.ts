import { invalidOption, refuseUnknown } from "@semblant/core/internals";
import type { LabeledImages } from "@semblant/datasets";
import { paper } from "@semblant/photos/internals";
import { type PlacedFace, placedFaces } from "./faces.ts";
import { figure, fitted, type PrintOptions, text, titleHeight, type, widthInPoints } from "./figure.ts";

/** A face and what is written beneath it. */
export interface CaptionedFace {
  /** Row of the images. */
  readonly row: number;
  /** Lines, the first in bold; one that is too long is cut short. */
  readonly lines: readonly string[];
}

/** What captioned faces show. */
export interface CaptionedFaces extends PrintOptions {
  readonly faces: readonly CaptionedFace[];
  readonly images: LabeledImages;
  /** Faces side by side, 1 to 20 (6). */
  readonly columns?: number;
}

const gap = 6;
const lineHeight = 7.5;

/**
 * Faces in rows, in the order given, each with a few words beneath it, as SVG text.
 *
 * @param width inches in print, 2 to 20 (7)
 * @throws ShapeError if a row is not one of the images'
 * @throws OptionError if width or columns is out of range or an option unknown
 *
 * @example
 * const images = { count: 2, width: 8, height: 8, channels: 1, gather: (_, into) => into.fill(128) };
 * const faces = { images, labels: Int32Array.of(0, 1), classes: ["happiness", "anger"], ids: ["a", "b"] };
 * const svg = await captionedFaces({ faces: [{ row: 1, lines: ["labelled anger", "looks neutral"] }], images: faces });
 * svg.includes("looks neutral"); // true
 */
export async function captionedFaces(options: CaptionedFaces): Promise<string> {
  const where = "captionedFaces";
  refuseUnknown(where, options, ["faces", "images", "columns", "title", "width"]);
  const { faces, images, columns = 6, title } = options;
  const width = widthInPoints(where, options.width ?? 7);
  if (!Number.isInteger(columns) || columns < 1 || columns > 20) {
    throw invalidOption(where, "columns", "a whole number from 1 to 20", columns);
  }
  const side = Math.min(96, (width - 4 - (columns - 1) * gap) / columns);
  const most = Math.max(0, ...faces.map(({ lines }) => lines.length));
  const rowHeight = side + most * lineHeight + 7;
  const [left, top] = [(width - columns * side - (columns - 1) * gap) / 2, titleHeight(title) + 2];
  const place = (i: number) => ({ x: left + (i % columns) * (side + gap), y: top + Math.floor(i / columns) * rowHeight });

  const pictures = await placedFaces(faces.map(({ row }, i): PlacedFace => ({ set: images, row, side, ...place(i) })));
  const words = faces.flatMap(({ lines }, i) => {
    const { x, y } = place(i);
    return lines.map((line, l) =>
      text(x + side / 2, y + side + (l + 1) * lineHeight, fitted(line, side + gap, type.small), {
        size: type.small,
        anchor: "middle",
        ...(l === 0 ? { weight: 700 as const } : { color: paper.soft }),
      }),
    );
  });
  const height = top + Math.ceil(faces.length / columns) * rowHeight;
  const description = `${title ?? "Faces"}: ${faces.map(({ lines }) => lines.join(", ")).join("; ")}`;
  return figure({ width, height, title, description }, [...pictures, ...words]);
}
