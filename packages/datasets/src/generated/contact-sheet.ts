/**
 * Draws docs/images/generated-faces.png: a row an expression, two faces of each hidden sub-class, as the data set has them.
 *
 *   node --conditions=semblant-source packages/datasets/src/generated/contact-sheet.ts docs/images/generated-faces.png
 *
 * A second argument is the difficulty (1), a third the seed (0).
 */

import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { OptionError } from "@semblant/core";
import type { OverlayOptions } from "sharp";
import sharp from "sharp";
import type { LabeledImages } from "../dataset/dataset.ts";
import { generateFaces } from "./generate.ts";

const EACH = 2;
const CELL = 96;
const GAP = 4;
const MARGIN = { left: 104, top: 28 };

/**
 * A PNG that shows the first {@link EACH} images of every class (rows) and sub-class (columns), labelled.
 *
 * @throws OptionError if the images have no sub-classes
 *
 * @example
 * const png = await contactSheet(generateFaces({ count: 800 }).train);
 * png.subarray(1, 4).toString(); // "PNG"
 */
export async function contactSheet(faces: LabeledImages): Promise<Buffer> {
  const { images, labels, classes, subclasses, subclassNames } = faces;
  if (subclasses === undefined || subclassNames === undefined) throw new OptionError("contactSheet: the images have no sub-classes.");
  const columns = subclassNames.length * EACH;
  const width = MARGIN.left + columns * (CELL + GAP);
  const height = MARGIN.top + classes.length * (CELL + GAP);
  const cells: OverlayOptions[] = [];
  for (const [label] of classes.entries()) {
    for (const [subclass] of subclassNames.entries()) {
      const rows = [...labels.keys()].filter((i) => labels[i] === label && subclasses[i] === subclass).slice(0, EACH);
      for (const [k, row] of rows.entries()) {
        const left = MARGIN.left + (subclass * EACH + k) * (CELL + GAP);
        cells.push({ input: await cell(images, row), left, top: MARGIN.top + label * (CELL + GAP) });
      }
    }
  }
  const text = Buffer.from(labelsSvg(width, height, classes, subclassNames));
  const sheet = sharp({ create: { width, height, channels: 3, background: "white" } });
  return sheet
    .composite([...cells, { input: text }])
    .grayscale()
    .png({ compressionLevel: 9, palette: true, colors: 64 })
    .toBuffer();
}

/** One image, enlarged. */
async function cell(images: LabeledImages["images"], row: number): Promise<Buffer> {
  const { width, height } = images;
  const pixels = new Uint8Array(width * height);
  images.gather([row], pixels);
  return sharp(pixels, { raw: { width, height, channels: 1 } })
    .resize(CELL, CELL, { kernel: "cubic" })
    .png()
    .toBuffer();
}

function labelsSvg(width: number, height: number, classes: readonly string[], subclassNames: readonly string[]): string {
  const line = (x: number, y: number, anchor: string, text: string) => `<text x="${x}" y="${y}" text-anchor="${anchor}">${text}</text>`;
  const rows = classes.map((name, label) => line(MARGIN.left - 10, MARGIN.top + label * (CELL + GAP) + CELL / 2 + 5, "end", name));
  const heads = subclassNames.map((name, k) => line(MARGIN.left + (k + 0.5) * EACH * (CELL + GAP), MARGIN.top - 9, "middle", name));
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif" ` +
    `font-size="15">${rows.join("")}${heads.join("")}</svg>`
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [out = "generated-faces.png", difficulty = "1", seed = "0"] = process.argv.slice(2);
  const data = generateFaces({ count: 800, people: 100, difficulty: Number(difficulty), seed: Number(seed) });
  writeFileSync(out, await contactSheet(data.train));
}
