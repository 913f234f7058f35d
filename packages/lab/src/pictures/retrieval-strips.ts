import { ShapeError } from "@semblant/core";
import { refuseUnknown } from "@semblant/core/internals";
import type { LabeledImages } from "@semblant/datasets";
import { type Html, html, paper } from "@semblant/photos/internals";
import { type PlacedFace, placedFaces } from "./faces.ts";
import { figure, fitted, type PrintOptions, path, pt, text, titleHeight, type, widthInPoints } from "./figure.ts";

/** One query and what was found for it, nearest first. */
export interface RetrievalStrip {
  /** Row of the queries. */
  readonly query: number;
  /** Rows of the gallery; −1 where there is none. */
  readonly neighbors: ArrayLike<number>;
  /** How far each neighbor is, in the embedding's units; shown beneath it. */
  readonly distances?: ArrayLike<number>;
}

/** What retrieval strips show. */
export interface RetrievalStrips extends PrintOptions {
  readonly strips: readonly RetrievalStrip[];
  readonly queries: LabeledImages;
  readonly gallery: LabeledImages;
}

const gap = 3;
const afterQuery = 10;
const headHeight = 11;
const captionHeight = 8;

/**
 * Queries at the left, each with its nearest gallery faces, as SVG text.
 *
 * A neighbor of the query's own class has a solid frame and a tick, one of another class a dashed frame and a cross: not color alone.
 * A face without label has a thin frame and no mark. Beneath each stands its class, and its distance where distances
 * are given. All strips have as many places as the longest.
 *
 * @param width inches in print, 2 to 20 (7)
 * @throws ShapeError if a row is not one of its set's, or distances differ in number from their neighbors
 * @throws OptionError if width is out of range or an option unknown
 *
 * @example
 * const images = { count: 3, width: 8, height: 8, channels: 1, gather: (_, into) => into.fill(128) };
 * const faces = { images, labels: Int32Array.of(0, 0, 1), classes: ["happiness", "anger"], ids: ["a", "b", "c"] };
 * const svg = await retrievalStrips({ strips: [{ query: 0, neighbors: [1, 2] }], queries: faces, gallery: faces });
 * svg.slice(0, 4); // "<svg"
 */
export async function retrievalStrips(options: RetrievalStrips): Promise<string> {
  const where = "retrievalStrips";
  refuseUnknown(where, options, ["strips", "queries", "gallery", "title", "width"]);
  const { strips, queries, gallery, title } = options;
  const width = widthInPoints(where, options.width ?? 7);
  const k = Math.max(1, ...strips.map(({ neighbors }) => neighbors.length));
  const withDistances = strips.some(({ distances }) => distances !== undefined);
  const side = Math.min(72, (width - 4 - afterQuery - k * gap) / (k + 1));
  const rowHeight = side + captionHeight + (withDistances ? captionHeight - 0.5 : 0) + 7;
  const left = (width - ((k + 1) * side + afterQuery + (k - 1) * gap)) / 2;
  const top = titleHeight(title) + headHeight;
  const xOf = (rank: number) => left + side + afterQuery + rank * (side + gap);

  const faces: PlacedFace[] = [];
  const over = strips.flatMap(({ query, neighbors, distances }, row): Html[] => {
    if (distances !== undefined && distances.length !== neighbors.length) {
      throw new ShapeError(`${where}: expected a distance for each of ${neighbors.length} neighbors, but got ${distances.length}.`);
    }
    const y = top + row * rowHeight;
    const own = classOf(queries, query);
    faces.push({ set: queries, row: query, x: left, y, side });
    const found = Array.from(neighbors).flatMap((neighbor, rank): Html[] => {
      if (neighbor < 0) return [];
      const x = xOf(rank);
      const name = classOf(gallery, neighbor);
      faces.push({ set: gallery, row: neighbor, x, y, side });
      const distance = distances?.[rank];
      return [
        isKnown(name, own) ? verdict(x, y, side, name === own) : frame(x, y, side, `stroke="${paper.line}" stroke-width="0.6"`),
        caption({ x, y, side }, name),
        distance === undefined
          ? html``
          : text(x + side / 2, y + side + 2 * captionHeight - 0.5, distance.toPrecision(3), {
              size: type.small,
              anchor: "middle",
              color: paper.soft,
            }),
      ];
    });
    return [frame(left, y, side, `stroke="${paper.ink}" stroke-width="1"`), caption({ x: left, y, side }, own, 700), ...found];
  });
  const head = [
    text(left + side / 2, top - 4, "query", { size: type.small, anchor: "middle", color: paper.soft }),
    ...Array.from({ length: k }, (_, rank) =>
      text(xOf(rank) + side / 2, top - 4, String(rank + 1), { size: type.small, anchor: "middle", color: paper.soft }),
    ),
  ];
  const rule = path(
    `M${pt(left + side + afterQuery / 2)},${pt(top - headHeight + 3)}V${pt(top + strips.length * rowHeight - 7)}`,
    `stroke="${paper.line}" stroke-width="0.6"`,
  );
  const judged = strips.some(({ query, neighbors }) =>
    Array.from(neighbors).some((row) => row >= 0 && isKnown(classOf(gallery, row), classOf(queries, query))),
  );
  const beneath = top + strips.length * rowHeight + 1;
  const pictures = await placedFaces(faces);
  const foundBy = (neighbors: ArrayLike<number>) =>
    Array.from(neighbors, (row) => (row < 0 ? "nothing" : classOf(gallery, row) || "a face without label")).join(", ");
  const spoken = strips.map(({ query, neighbors }) => `${classOf(queries, query)} finds ${foundBy(neighbors)}`);
  const description = `${title ?? "Retrieval"}: ${spoken.join("; ")}`;
  const marks = judged ? key(width / 2, beneath) : [];
  return figure({ width, height: beneath + (judged ? 11 : 0), title, description }, [...head, ...pictures, rule, ...over, ...marks]);
}

function classOf({ labels, classes }: LabeledImages, row: number): string {
  return classes[labels[row] as number] ?? "";
}

/** Whether both have a label, so that one can be right or wrong. */
const isKnown = (name: string, own: string) => name !== "" && own !== "";

function caption({ x, y, side }: Pick<PlacedFace, "x" | "y" | "side">, name: string, weight: 400 | 700 = 400): Html {
  return text(x + side / 2, y + side + captionHeight - 0.5, fitted(name, side + gap, type.small), {
    size: type.small,
    anchor: "middle",
    weight,
  });
}

function frame(x: number, y: number, side: number, attributes: string): Html {
  return html`${path(`M${pt(x)},${pt(y)}h${pt(side)}v${pt(side)}h${pt(-side)}Z`, `fill="none" ${attributes}`)}`;
}

/** Same class: solid and a tick. Another: dashed and a cross. */
function verdict(x: number, y: number, side: number, same: boolean): Html {
  const color = same ? paper.same : paper.other;
  const [cx, cy, r] = [x + side - 2.5, y + 2.5, 3.6];
  const sign = same ? `M${pt(cx - 1.7)},${pt(cy + 0.1)}l1.2,1.4l2.2,-2.8` : `M${pt(cx - 1.35)},${pt(cy - 1.35)}l2.7,2.7m0,-2.7l-2.7,2.7`;
  const line = frame(x, y, side, `stroke="${color}" stroke-width="1.4"${same ? "" : ' stroke-dasharray="3 2"'}`);
  const look = html`fill="${color}" stroke="${paper.ground}" stroke-width="0.9"`;
  const disc = html`<circle cx="${pt(cx)}" cy="${pt(cy)}" r="${pt(r)}" ${look}/>`;
  const round = 'stroke-width="1" stroke-linecap="round" stroke-linejoin="round"';
  return html`${line}${disc}${path(sign, `fill="none" stroke="${paper.ground}" ${round}`)}`;
}

/** What the two frames mean. */
function key(middle: number, y: number): Html[] {
  return [
    verdict(middle - 78, y, 8, true),
    text(middle - 64, y + 6.5, "same class"),
    verdict(middle + 6, y, 8, false),
    text(middle + 20, y + 6.5, "another class"),
  ];
}
