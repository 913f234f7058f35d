import { Random } from "@semblant/core";
import { generateFaces } from "@semblant/datasets";
import { describe, expect, it } from "vitest";
import { captionedFaces } from "./captioned-faces.ts";
import { confusionPlot, rowShares } from "./confusion-plot.ts";
import { contactSheet } from "./contact-sheet.ts";
import { curves, spread } from "./curves.ts";
import { intervalPlot } from "./interval-plot.ts";
import { retrievalStrips } from "./retrieval-strips.ts";
import { scatterMap } from "./scatter-map.ts";

const faces = generateFaces({ count: 120 }).train;
const { classes } = faces;
const count = (svg: string, what: RegExp) => svg.match(what)?.length ?? 0;

/** So many points in as many clouds as there are classes. */
function clouds(rows: number) {
  const random = new Random(1);
  const labels = Int32Array.from({ length: rows }, (_, i) => i % classes.length);
  const positions = Float64Array.from({ length: 2 * rows }, (_, at) => {
    const angle = (2 * Math.PI * (labels[at >> 1] as number)) / classes.length;
    return 6 * (at % 2 === 0 ? Math.cos(angle) : Math.sin(angle)) + random.normal();
  });
  return { positions, labels, classes };
}

const bands = [
  { name: "SGM", points: [1, 2, 4].map((x) => ({ x, y: 70 + x, low: 69 + x, high: 71 + x })) },
  { name: "paper", points: [{ x: 1, y: 73 }], published: true },
];
const every: Record<string, () => Promise<string> | string> = {
  "a map": () => scatterMap({ ...clouds(80), title: "80 <faces>" }),
  "a map of many points": () => scatterMap(clouds(3000)),
  "a map of faces": () => scatterMap({ ...clouds(faces.images.count), thumbnails: { images: faces } }),
  strips: () =>
    retrievalStrips({ strips: [{ query: 0, neighbors: [1, 2, -1], distances: [0.5, 1, Number.NaN] }], queries: faces, gallery: faces }),
  "captioned faces": () =>
    captionedFaces({ faces: [{ row: 2, lines: ["labelled anger", "looks <neutral>"] }], images: faces, title: "Labels" }),
  "a sheet": () => contactSheet({ groups: [{ title: "1", medoid: 3, top: [3, 4, 5], mix: [4, 2] }], images: faces, title: "Groups" }),
  curves: () => curves({ series: bands, x: { label: "K", log: true }, y: { label: "Recall@K, %" }, title: "Retrieval" }),
  intervals: () => intervalPlot({ rows: [{ name: "Acc", value: 84, low: 82, high: 85, published: 83 }], x: { label: "%" } }),
  "a matrix": () => confusionPlot({ counts: [8, 2, 0, 5], classes: ["happiness", "anger"] }),
};

describe.each(Object.keys(every))("%s", (name) => {
  it("is as wide as a column or a page, asks nothing of anyone, and has no words below 6 points", async () => {
    const svg = await (every[name] as () => Promise<string> | string)();
    expect(svg).toMatch(
      /^<svg xmlns="[^"]*" width="(252|504)pt" height="[\d.]+pt" viewBox="0 0 (252|504) [\d.]+" font-family="[^"]*" font-size="7"/,
    );
    expect(svg).not.toMatch(/NaN|undefined|Infinity|href="(?!data:)|<script|url\(/);
    for (const [, size] of svg.matchAll(/font-size="([\d.]+)/g)) expect(Number(size)).toBeGreaterThanOrEqual(6);
    expect(svg).toMatch(/ role="img" aria-label="[^"]{4,}"/);
  });

  it("is the same twice", async () => {
    const draw = every[name] as () => Promise<string> | string;
    expect(await draw()).toBe(await draw());
  });
});

describe("a map", () => {
  it("escapes its title", async () => {
    expect(await scatterMap({ ...clouds(8), title: "<b>" })).not.toContain("<b>");
  });

  it("draws few points one by one and many as one image that stays small", async () => {
    const few = await scatterMap({ ...clouds(100), names: false });
    expect([count(few, /<image/g), count(few, /<path/g)]).toEqual([0, 100 + classes.length]);
    const [many, more] = [await scatterMap(clouds(3000)), await scatterMap(clouds(25_000))];
    expect([count(many, /<image/g), count(more, /<image/g)]).toEqual([1, 1]);
    expect(more.length).toBeLessThan(600_000);
  });

  it("counts in the legend only the faces it shows", async () => {
    const { positions, labels } = clouds(16);
    positions[0] = Number.NaN;
    const svg = await scatterMap({ positions, labels, classes, names: false });
    expect(count(svg, /<path/g)).toBe(15 + classes.length);
    expect(svg).toContain(`${classes[0]} (1)`);
    expect(svg).toContain(`${classes[1]} (2)`);
  });

  it("shows faces that never cover each other, framed by class", async () => {
    const svg = await scatterMap({ ...clouds(faces.images.count), thumbnails: { images: faces, side: 0.3 } });
    const corners = [...svg.matchAll(/M([\d.]+),([\d.]+)h([\d.]+)v/g)].map(
      (match) => match.slice(1).map(Number) as [number, number, number],
    );
    expect(corners.length).toBeGreaterThan(20);
    for (const [i, [x, y, side]] of corners.entries()) {
      for (const [u, v] of corners.slice(0, i)) expect(Math.abs(x - u) >= side || Math.abs(y - (v as number)) >= side).toBe(true);
    }
  });

  it("refuses positions, labels and thumbnails that do not fit together", async () => {
    const { positions, labels } = clouds(8);
    await expect(scatterMap({ positions: positions.subarray(2), labels, classes })).rejects.toThrow(
      "scatterMap: expected two positions for each of 8 labels, but got 14.",
    );
    await expect(scatterMap({ positions, labels, classes: classes.slice(0, 3) })).rejects.toThrow(
      "scatterMap: expected labels from 0 to 2, but got 3 in row 3.",
    );
    await expect(scatterMap({ positions, labels, classes, thumbnails: { images: faces } })).rejects.toThrow(
      `scatterMap: expected a thumbnail for each of 8 labels, but got ${faces.images.count}.`,
    );
    await expect(
      scatterMap({ positions, labels, classes, thumbnails: { images: faces, rows: [0, 1, 2, 3, 4, 5, 6, 999] } }),
    ).rejects.toThrow(`pictures: expected rows from 0 to ${faces.images.count - 1}, one for each image, but got 999.`);
    await expect(scatterMap({ positions, labels, classes, width: 99 })).rejects.toThrow(
      "scatterMap: expected width to be 2 to 20 inches, but got 99.",
    );
  });
});

describe("retrieval strips", () => {
  it("tell the same class from others by frame and sign, not by color alone", async () => {
    const own = Array.from(faces.labels.keys()).filter((i) => faces.labels[i] === faces.labels[0]);
    const other = faces.labels.findIndex((label) => label !== faces.labels[0]);
    const svg = await retrievalStrips({ strips: [{ query: 0, neighbors: [own[1] as number, other] }], queries: faces, gallery: faces });
    expect(count(svg, /stroke-dasharray="3 2"/g)).toBe(2); // the neighbor and the key
    expect(count(svg, /l2\.7,2\.7m0,-2\.7l-2\.7,2\.7/g)).toBe(2); // crosses
    expect(count(svg, /l1\.2,1\.4l2\.2,-2\.8/g)).toBe(2); // ticks
  });

  it("mark no face without a label as wrong, and then explain no marks", async () => {
    const unlabelled = { ...faces, labels: faces.labels.map(() => -1), classes: [] };
    const svg = await retrievalStrips({ strips: [{ query: 0, neighbors: [1, 2] }], queries: faces, gallery: unlabelled });
    expect(svg).not.toMatch(/stroke-dasharray|same class|another class|m0,-2\.7/);
    expect(svg).toContain("finds a face without label, a face without label");
  });

  it("refuse distances that differ in number", async () => {
    await expect(
      retrievalStrips({ strips: [{ query: 0, neighbors: [1, 2], distances: [1] }], queries: faces, gallery: faces }),
    ).rejects.toThrow("retrievalStrips: expected a distance for each of 2 neighbors, but got 1.");
  });
});

describe("captioned faces", () => {
  it("stand in rows in the order given, each with its lines beneath it, cut short where they are too long", async () => {
    const many = Array.from({ length: 5 }, (_, row) => ({ row, lines: [`face ${row}`, "a line that is far too long for a narrow face"] }));
    const svg = await captionedFaces({ faces: many, images: faces, columns: 3 });
    const at = [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*>face (\d)/g)].map(([, x, y, n]) => ({
      x: Number(x),
      y: Number(y),
      n,
    }));
    expect(at.map(({ n }) => n).join("")).toBe("01234");
    expect(at[3]?.x).toBe(at[0]?.x);
    expect(at[3]?.y).toBeGreaterThan(at[2]?.y as number);
    expect(svg).toMatch(/a line that[^<]*…/);
  });

  it("refuses a number of columns that is none", async () => {
    await expect(captionedFaces({ faces: [], images: faces, columns: 0 })).rejects.toThrow(
      "captionedFaces: expected columns to be a whole number from 1 to 20, but got 0.",
    );
  });
});

describe("a contact sheet", () => {
  it("shows the medoid once and marks who is not of the group's main class", async () => {
    const label = faces.labels[0] as number;
    const own = Array.from(faces.labels.keys()).filter((i) => faces.labels[i] === label);
    const other = faces.labels.findIndex((one) => one !== label);
    const draw = (top: number[]) => contactSheet({ groups: [{ title: "g", medoid: own[0] as number, top }], images: faces });
    expect(count(await draw(own.slice(0, 4)), /paint-order/g)).toBe(0);
    expect(count(await draw([...own.slice(0, 4), other]), /paint-order/g)).toBe(1);
    const [one, two] = [await draw([own[0] as number]), await draw([own[0] as number, own[1] as number])];
    expect([count(one, /<image/g), count(two, /<image/g)]).toEqual([1, 2]);
  });

  it("refuses a number of columns that no page has", async () => {
    await expect(contactSheet({ groups: [], images: faces, columns: 0 })).rejects.toThrow(
      "contactSheet: expected columns to be a whole number from 1 to 6, but got 0.",
    );
  });
});

describe("curves", () => {
  it("have a tick at each K of a logarithmic axis, a band, and a name for each series", async () => {
    const svg = await curves({ series: bands, x: { label: "K", log: true }, y: { label: "%" } });
    for (const word of ["1", "2", "4", "SGM", "paper"]) expect(svg).toContain(`>${word}</text>`);
    expect(svg).toContain('aria-roledescription="area mark container"');
  });

  it("keep their names apart and near their ends", () => {
    expect(spread([10, 50, 90], 5, [0, 100])).toEqual([10, 50, 90]);
    expect(spread([50, 50, 50], 10, [0, 100])).toEqual([40, 50, 60]);
    expect(spread([99, 100], 10, [0, 100])).toEqual([90, 100]);
    const many = spread([50, 51, 52, 70, 71], 8, [0, 100]).sort((a, b) => a - b);
    for (const [i, place] of many.slice(1).entries()) expect(place - (many[i] as number)).toBeGreaterThanOrEqual(8 - 1e-9);
  });

  it("refuse values that have no place on the axes", async () => {
    const draw = (x: number, y: number, log = false) =>
      curves({ series: [{ name: "a", points: [{ x, y }] }], x: { label: "K", log }, y: { label: "%" } });
    await expect(draw(1, Number.NaN)).rejects.toThrow("curves: expected finite values in a, but got (1, NaN).");
    await expect(draw(0, 1, true)).rejects.toThrow("curves: expected x above 0 on a logarithmic axis, but got 0 in a.");
    await expect(curves({ series: [], x: { label: "K" }, y: { label: "%" } })).rejects.toThrow(
      "expected series to be at least one with points",
    );
  });
});

describe("a confusion matrix", () => {
  it("writes each row in percent and the diagonal bold", () => {
    const svg = confusionPlot({ counts: [8, 2, 0, 5], classes: ["happiness", "anger"] });
    expect([...svg.matchAll(/>(\d+)<\/text>/g)].map(([, words]) => words)).toEqual(["80", "20", "100", "10", "5"]);
    expect(count(svg, /font-weight="700"/g)).toBe(2);
  });

  it("has shares of 0 where a label has no faces", () => {
    expect(rowShares([0, 0, 1, 1], 2)).toEqual([0, 0, 0.5, 0.5]);
  });

  it("refuses counts that are not square", () => {
    expect(() => confusionPlot({ counts: [1, 2], classes: ["a", "b"] })).toThrow("confusionPlot: expected 2 x 2 counts, but got 2.");
  });
});
