import { invalidOption, refuseUnknown } from "@semblant/core/internals";
import type { LabeledImages } from "@semblant/datasets";
import { type ClassStyle, classStyles, type Html, html, markerPath, paper } from "@semblant/photos/internals";
import { type PlacedFace, placedFaces } from "./faces.ts";
import { figure, fitted, type Place, type PrintOptions, path, pt, rect, text, titleHeight, type, widthInPoints } from "./figure.ts";
import { legend } from "./legend.ts";

/** One group of faces. */
export interface SheetGroup {
  readonly title: string;
  /** Row of the member closest to the group's mean. */
  readonly medoid: number;
  /** Rows of the members nearest to the medoid; the medoid may be among them and is shown once. */
  readonly top: ArrayLike<number>;
  /** How many members each class has, over the whole group: a bar beneath the title. */
  readonly mix?: ArrayLike<number>;
}

/** What a contact sheet shows. */
export interface ContactSheet extends PrintOptions {
  readonly groups: readonly SheetGroup[];
  readonly images: LabeledImages;
  /** Groups side by side, 1 to 6 (1 to 2 groups: 1; to 16: 2; more: 3). */
  readonly columns?: number;
}

const between = 12;
const titleRoom = 10;
const barRoom = 5.5;
const gap = 0.8;

/**
 * Groups of faces on one sheet, as SVG text: each a block with its title, its medoid large, and the members nearest to it.
 *
 * The bar under a title is the classes' share of the group. A member that is not of the class that most of the group are of wears the
 * marker of its own: a clean block is a clean group. Where no class has more than half, every face with a label wears its marker.
 *
 * @param width inches in print, 2 to 20 (7)
 * @throws ShapeError if a row is not one of the images'
 * @throws OptionError if width or columns is out of range or an option unknown
 *
 * @example
 * const images = { count: 3, width: 8, height: 8, channels: 1, gather: (_, into) => into.fill(128) };
 * const faces = { images, labels: Int32Array.of(0, 0, 1), classes: ["happiness", "anger"], ids: ["a", "b", "c"] };
 * const svg = await contactSheet({ groups: [{ title: "group 1", medoid: 0, top: [0, 1, 2] }], images: faces });
 * svg.slice(0, 4); // "<svg"
 */
export async function contactSheet(options: ContactSheet): Promise<string> {
  const where = "contactSheet";
  refuseUnknown(where, options, ["groups", "images", "title", "width", "columns"]);
  const { groups, images, title } = options;
  const width = widthInPoints(where, options.width ?? 7);
  const columns = options.columns ?? (groups.length <= 2 ? 1 : groups.length <= 16 ? 2 : 3);
  if (!Number.isInteger(columns) || columns < 1 || columns > 6)
    throw invalidOption(where, "columns", "a whole number from 1 to 6", columns);
  const styles = classStyles(images.classes);
  const members = groups.map(({ medoid, top }) => Array.from(top).filter((row) => row !== medoid));
  const across = Math.max(1, Math.ceil(Math.max(1, ...members.map((rows) => rows.length)) / 2));
  const blockWidth = (width - 4 - (columns - 1) * between) / columns;
  const side = Math.min(48, (blockWidth - 1.5) / (across + 2));
  const blockHeight = titleRoom + (groups.some(({ mix }) => mix) ? barRoom : 0) + 2 * side + 8;
  const top = titleHeight(title);

  const faces: PlacedFace[] = [];
  const marks: Html[] = [];
  const perColumn = Math.ceil(groups.length / columns);
  groups.forEach((group, g) => {
    const x = 2 + Math.floor(g / perColumn) * (blockWidth + between);
    const y = top + (g % perColumn) * blockHeight;
    const drawnWidth = Math.min(blockWidth, (across + 2) * side + 1.5);
    marks.push(text(x, y + type.body, fitted(group.title, drawnWidth, type.body, 700), { weight: 700 }));
    if (group.mix) marks.push(...mixBar(group.mix, styles, { x, y: y + titleRoom, width: drawnWidth, height: 3 }));
    const faceTop = y + blockHeight - 2 * side - 8;
    const main = mainClass(group, images);
    const place = (row: number, left: number, upper: number, size: number) => {
      faces.push({ set: images, row, x: left, y: upper, side: size });
      const label = images.labels[row] as number;
      if (label >= 0 && label !== main) marks.push(badge(styles[label], left + size, upper + size, size));
    };
    place(group.medoid, x, faceTop, 2 * side - gap);
    (members[g] as number[]).forEach((row, i) => {
      place(row, x + 2 * side + 1.5 + (i % across) * side, faceTop + Math.floor(i / across) * side, side - gap);
    });
  });
  const seen = new Set([
    ...faces.map(({ row }) => images.labels[row] as number),
    ...groups.flatMap(({ mix = [] }) => Array.from(mix).flatMap((count, c) => (count > 0 ? [c] : []))),
  ]);
  const entries = images.classes.flatMap((name, c) => (seen.has(c) ? [{ style: styles[c] as ClassStyle, name }] : []));
  const key = legend(entries, { x: 4, y: top + perColumn * blockHeight, width: width - 8 });
  const pictures = await placedFaces(faces);
  const description = `${title ?? "Groups of faces"}: ${groups.map((group) => group.title).join("; ")}`;
  return figure({ width, height: top + perColumn * blockHeight + key.height + 4, title, description }, [
    ...pictures,
    ...marks,
    ...key.drawn,
  ]);
}

/** The class of more than half of the members; without a mix, of the faces shown. −1 where there is none. */
function mainClass({ mix, medoid, top }: SheetGroup, { labels, classes }: LabeledImages): number {
  const counts = mix ? Array.from(mix) : classes.map(() => 0);
  const shown = mix ? [] : [medoid, ...Array.from(top)].map((row) => labels[row] as number).filter((label) => label >= 0);
  for (const label of shown) counts[label] = (counts[label] ?? 0) + 1;
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.findIndex((count) => count > total / 2);
}

/** The classes' shares as one bar, white between them. */
function mixBar(mix: ArrayLike<number>, styles: readonly ClassStyle[], { x, y, width, height }: Place): Html[] {
  const total = Array.from(mix).reduce((sum, count) => sum + count, 0);
  let at = x;
  return Array.from(mix).flatMap((count, c) => {
    const part = total === 0 ? 0 : (width * count) / total;
    const left = at;
    at += part;
    if (part < 0.15) return [];
    return [rect({ x: left, y, width: Math.max(0.15, part - 0.4), height }, html`fill="${styles[c]?.color ?? paper.soft}"`)];
  });
}

/** The marker of a class in the lower right corner of a face. */
function badge(style: ClassStyle | undefined, right: number, bottom: number, side: number): Html {
  const radius = Math.min(3, Math.max(1.5, 0.09 * side));
  const { color, shape } = style ?? { color: paper.soft, shape: "circle" as const };
  return path(
    markerPath(shape, right - 1.5 * radius, bottom - 1.5 * radius, radius),
    `fill="${color}" stroke="${paper.ground}" stroke-width="${pt(0.9 * radius)}" stroke-linejoin="round" paint-order="stroke"`,
  );
}
