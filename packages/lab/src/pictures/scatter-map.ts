import { ShapeError } from "@semblant/core";
import { invalidOption, refuseUnknown } from "@semblant/core/internals";
import type { LabeledImages } from "@semblant/datasets";
import { type ClassStyle, classStyles, type Html, html, markerPath, paper } from "@semblant/photos/internals";
import { placedFaces } from "./faces.ts";
import { figure, image, type PrintOptions, path, pt, rect, titleHeight, widthInPoints } from "./figure.ts";
import { classLabel, classLabelSize, legend } from "./legend.ts";
import { fitPositions, onePerCell, type Place, pushApart, thickest } from "./map-layout.ts";
import { paintPoints } from "./point-raster.ts";

/** Past so many points they are one embedded image. */
const mostVectorPoints = 1000;
/** Fewer points than this have no thickest place to be named at. */
const fewestNamed = 3;
const margin = 6;

/** What a map shows. */
export interface ScatterMap extends PrintOptions {
  /** (rows, 2): where each row is; a row that is not finite is left out. */
  readonly positions: ArrayLike<number>;
  /** Class of each row. */
  readonly labels: ArrayLike<number>;
  readonly classes: readonly string[];
  /** Show faces in place of markers. */
  readonly thumbnails?: Thumbnails | undefined;
  /** Name the classes where they are thickest, beside the legend (true). */
  readonly names?: boolean;
}

export interface Thumbnails {
  readonly images: LabeledImages;
  /** The image of each row of the map; by default row i is image i. */
  readonly rows?: ArrayLike<number>;
  /** Side of a face in inches, 0.1 to 2 (0.25). */
  readonly side?: number;
}

/**
 * A map of points in the plane, as t-SNE or PCA give them, as SVG text.
 *
 * Each class has its color and its marker; its name stands where it is thickest, and the legend says how many the map has of it. Markers
 * are painted in an order drawn from the rows alone, so that no class lies over another; past 1,000 they are one embedded PNG of 450
 * pixels to the inch. With thumbnails the map is cut into squares and each shows, in its class's frame, the face nearest to its middle:
 * no face covers another, and none stands farther than half a diagonal from its place. Axes have no marks: only nearness means something.
 *
 * @param width inches in print, 2 to 20 (3.5; 7 with thumbnails)
 * @throws ShapeError if positions, labels or thumbnails differ in rows, or a label is not a class
 * @throws OptionError if width or side is out of range or an option unknown
 *
 * @example
 * const svg = await scatterMap({ positions: [0, 0, 1, 1], labels: [0, 1], classes: ["happiness", "anger"] });
 * svg.slice(0, 4); // "<svg"
 */
export async function scatterMap(map: ScatterMap): Promise<string> {
  const where = "scatterMap";
  refuseUnknown(where, map, ["positions", "labels", "classes", "thumbnails", "names", "title", "width"]);
  const { positions, labels, classes, thumbnails, title, names = true } = map;
  refuseMismatch(where, map);
  const width = widthInPoints(where, map.width ?? (thumbnails ? 7 : 3.5));
  const side = sideInPoints(where, thumbnails);
  const styles = classStyles(classes);
  const top = titleHeight(title);

  const fitted = fitPositions(positions, { width, margin: thumbnails ? side / 2 : margin });
  const ofClass = classes.map((_, c) => fitted.places.filter((place, i): place is Place => place !== undefined && labels[i] === c));
  const drawn = thumbnails
    ? await faceGrid({ ...fitted, width, labels, styles }, { ...thumbnails, side })
    : { layer: [await points(fitted.places, labels, styles, { width, height: fitted.height })], height: fitted.height, present: ofClass };
  const named = classes.flatMap((name, c) => {
    const shown = drawn.present[c] as Place[];
    const place = names && shown.length >= fewestNamed ? thickest(shown, width / 12) : undefined;
    return place !== undefined ? [{ ...place, ...classLabelSize(name), name, style: styles[c] as ClassStyle }] : [];
  });
  const entries = classes.flatMap((name, c) => {
    const count = (ofClass[c] as Place[]).length;
    return count === 0 ? [] : [{ style: styles[c] as ClassStyle, name, note: count.toLocaleString("en-US") }];
  });
  const key = legend(entries, { x: 4, y: top + drawn.height + 5, width: width - 8 });
  const labelled = pushApart(named, { width, height: drawn.height }).map(({ x, y, name, style }) =>
    classLabel(style, name, { x, y, opacity: thumbnails ? 1 : 0.85 }),
  );
  const within = { x: 0.3, y: 0.3, width: width - 0.6, height: drawn.height - 0.6 };
  const frame = rect(within, html`fill="none" stroke="${paper.line}" stroke-width="0.6"`);
  const shown = entries.map(({ name, note }) => `${name} (${note})`).join(", ");
  return figure({ width, height: top + drawn.height + key.height + 8, title, description: `${title ?? "Map"}: ${shown}` }, [
    html`<g transform="translate(0 ${pt(top)})">${thumbnails ? "" : frame}${drawn.layer}${labelled}</g>`,
    ...key.drawn,
  ]);
}

/** Markers: as paths while they are few, as one image where they are many. */
async function points(
  places: readonly (Place | undefined)[],
  labels: ArrayLike<number>,
  styles: readonly ClassStyle[],
  size: { width: number; height: number },
): Promise<Html> {
  const order = mixed(places.length).filter((i) => places[i] !== undefined);
  const radius = Math.min(3, Math.max(0.8, (0.33 * size.width) / Math.sqrt(Math.max(1, order.length)) / 2));
  if (order.length > mostVectorPoints) {
    const painted = order.map((i) => ({ ...(places[i] as Place), style: labels[i] as number }));
    return image({ x: 0, y: 0, ...size }, await paintPoints(painted, styles, { ...size, radius, opacity: 0.85 }));
  }
  const markers = order.map((i) => {
    const { x, y } = places[i] as Place;
    const { color, shape } = styles[labels[i] as number] as ClassStyle;
    return path(markerPath(shape, x, y, radius), `fill="${color}"`);
  });
  return html`<g fill-opacity="0.85" stroke="${paper.ground}" stroke-width="0.25">${markers}</g>`;
}

/** Rows in an order that mixes the classes and is the same each time: by multiples of the golden ratio. */
function mixed(rows: number): number[] {
  const key = (i: number) => (i * 0.6180339887498949) % 1;
  return Array.from({ length: rows }, (_, i) => i).sort((a, b) => key(a) - key(b));
}

/** Points in their places on paper, with their classes. */
interface Fitted {
  readonly places: readonly (Place | undefined)[];
  readonly width: number;
  readonly height: number;
  readonly labels: ArrayLike<number>;
  readonly styles: readonly ClassStyle[];
}

/** Thumbnails whose side is wanted to be so many points. */
type SizedThumbnails = Thumbnails & { readonly side: number };

/** Faces on a grid in the frames of their classes, each with its class's marker in a corner. */
async function faceGrid({ places, width, height, labels, styles }: Fitted, { images, rows, side: wanted }: SizedThumbnails) {
  const side = width / Math.floor(width / wanted);
  const chosen = onePerCell(places, side).map(({ point, column, row }) => ({ point, x: column * side, y: row * side }));
  const inset = 0.09 * side;
  const faces = await placedFaces(
    chosen.map(({ point, x, y }) => ({ set: images, row: rows?.[point] ?? point, x: x + inset, y: y + inset, side: side - 2 * inset })),
  );
  const line = 0.075 * side;
  const frames = styles.map(({ color }, c) => {
    const data = chosen.flatMap(({ point, x, y }) =>
      labels[point] === c
        ? [`M${pt(x + inset)},${pt(y + inset)}h${pt(side - 2 * inset)}v${pt(side - 2 * inset)}h${pt(2 * inset - side)}Z`]
        : [],
    );
    return path(data.join(""), `fill="none" stroke="${color}" stroke-width="${pt(line)}" stroke-linejoin="round"`);
  });
  const badge = 0.1 * side;
  const badges = styles.map(({ color, shape }, c) => {
    const data = chosen.flatMap(({ point, x, y }) =>
      labels[point] === c ? [markerPath(shape, x + side - inset - badge, y + side - inset - badge, badge)] : [],
    );
    return path(
      data.join(""),
      `fill="${color}" stroke="${paper.ground}" stroke-width="${pt(0.06 * side)}" stroke-linejoin="round" paint-order="stroke"`,
    );
  });
  const present = styles.map((_, c) =>
    chosen.flatMap(({ point, x, y }) => (labels[point] === c ? [{ x: x + side / 2, y: y + side / 2 }] : [])),
  );
  const used = Math.max(...chosen.map(({ y }) => y + side), side);
  return { layer: [...faces, ...frames, ...badges], height: Math.max(used, height - side), present };
}

function sideInPoints(where: string, thumbnails: Thumbnails | undefined): number {
  const side = thumbnails?.side ?? 0.25;
  if (side >= 0.1 && side <= 2) return side * 72;
  throw invalidOption(where, "thumbnails.side", "0.1 to 2 inches", side);
}

function refuseMismatch(where: string, { positions, labels, classes, thumbnails }: ScatterMap): void {
  if (positions.length !== 2 * labels.length) {
    throw new ShapeError(`${where}: expected two positions for each of ${labels.length} labels, but got ${positions.length}.`);
  }
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as number;
    if (Number.isInteger(label) && label >= 0 && label < classes.length) continue;
    throw new ShapeError(`${where}: expected labels from 0 to ${classes.length - 1}, but got ${label} in row ${i}.`);
  }
  const pictured = thumbnails?.rows?.length ?? thumbnails?.images.images.count ?? labels.length;
  if (pictured === labels.length) return;
  throw new ShapeError(`${where}: expected a thumbnail for each of ${labels.length} labels, but got ${pictured}.`);
}
