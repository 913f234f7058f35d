import { join } from "node:path";
import { type Box, type FaceReader, intersectionOverUnion } from "@semblant/faces";
import { openNodeReader, readPhoto } from "@semblant/photos";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const sheet = join(import.meta.dirname, "../docs/images/generated-faces.png");
/** Two generated faces of the sheet. */
const faces: readonly Box[] = [
  { x: 309, y: 36, width: 78, height: 93 },
  { x: 607, y: 742, width: 78, height: 92 },
];

describe("a generated face", () => {
  let reader: FaceReader;
  beforeAll(async () => {
    reader = await openNodeReader();
  }, 60_000);
  afterAll(() => reader.close());

  it.each([
    [96, 1],
    [96, 1.4],
    [350, 1],
    [350, 1.2],
    [1000, 1],
    [1000, 1.4],
  ])("that fills a picture of %i pixels %d times over is found, and nothing else in it", async (size, framing) => {
    for (const face of faces) {
      const { png, box } = await cut(face, size, framing);
      const found = await reader.read(await readPhoto(png));
      expect(found).toHaveLength(1);
      expect(intersectionOverUnion(within(found[0]?.box as Box, size), within(box, size))).toBeGreaterThan(0.6);
    }
  });
});

/** A square of the sheet whose side is the face's by the framing, and where the face is in it. */
async function cut(face: Box, size: number, framing: number): Promise<{ png: Buffer; box: Box }> {
  const side = Math.round(face.height / framing);
  const left = Math.round(face.x + (face.width - side) / 2);
  const top = Math.min(828 - side, Math.round(face.y + (face.height - side) / 2));
  const png = await sharp(sheet).extract({ left, top, width: side, height: side }).resize(size, size).png().toBuffer();
  const scale = size / side;
  const box = { x: (face.x - left) * scale, y: (face.y - top) * scale, width: face.width * scale, height: face.height * scale };
  return { png, box };
}

function within({ x, y, width, height }: Box, side: number): Box {
  const [left, top] = [Math.max(0, x), Math.max(0, y)];
  return { x: left, y: top, width: Math.min(side, x + width) - left, height: Math.min(side, y + height) - top };
}
