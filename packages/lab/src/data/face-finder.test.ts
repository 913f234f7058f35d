import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Embeddings } from "@semblant/core";
import { readDataset } from "@semblant/datasets";
import sharp from "sharp";
import { afterAll, describe, expect, it } from "vitest";
import { classify } from "../../../photos/src/asking/classify.ts";
import { drawnFace, writePicture } from "../../../photos/src/pictures/fixtures/drawn-face.ts";
import { openMeasuredModel } from "../models/measured-model.ts";
import { embedData } from "../runs/embed-data.ts";
import { openFaceFinder } from "./face-finder.ts";

const folder = mkdtempSync(join(tmpdir(), "semblant-finder-"));
afterAll(() => rmSync(folder, { recursive: true }));
const shape = { width: 48, height: 48, channels: 1 };

/** A picture as the bytes of a file. */
function png({ width, height, data }: ReturnType<typeof drawnFace>): Promise<Uint8Array> {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

describe("the finder of faces", () => {
  it("cuts out the face, and says where there is none", async () => {
    const finder = openFaceFinder();
    const face = await finder.cut(await png(drawnFace()), shape);
    const moved = await finder.cut(await png(drawnFace({ x: 300 })), shape);
    expect([face?.length, moved?.length]).toEqual([48 * 48, 48 * 48]);
    const difference = (face as Uint8Array).reduce((sum, value, i) => sum + Math.abs(value - ((moved as Uint8Array)[i] as number)), 0);
    expect(difference / 2304).toBeLessThan(12); // the same face, wherever in the picture
    expect((await finder.cut(await png(drawnFace()), { ...shape, channels: 3 }))?.length).toBe(3 * 48 * 48);
    expect(await finder.cut(await png({ width: 90, height: 120, data: new Uint8Array(3 * 90 * 120).fill(90) }), shape)).toBeUndefined();
    await finder.close();
  });

  it("takes a small square for a face that was cut already, bit for bit where it has the size", async () => {
    const finder = openFaceFinder();
    const grey = Uint8Array.from({ length: 48 * 48 }, (_, i) => (7 * i) % 256);
    const data = Uint8Array.from({ length: 3 * grey.length }, (_, i) => grey[Math.floor(i / 3)] as number);
    expect(Buffer.from((await finder.cut(await png({ width: 48, height: 48, data }), shape)) as Uint8Array).equals(grey)).toBe(true);
  });

  it("says which program and networks it is, by whose change kept faces are found again", () => {
    expect(openFaceFinder().version).toMatch(/^semblant \d+\.\d+\.\d+, way \d+, [0-9a-f]{1,8} [0-9a-f]{1,8} [0-9a-f]{1,8}$/);
  });

  it("says what is wrong with a file that is no picture, as training says it", async () => {
    await expect(
      openFaceFinder().cut(
        Uint8Array.from("<svg/>", (c) => c.charCodeAt(0)),
        shape,
      ),
    ).rejects.toThrow(/^not a picture that is read: it is SVG\.$/);
  });

  it("names a photo of a data set as the photo commands do", async () => {
    for (const [i, x] of [140, 160, 300].entries()) await writePicture(join(folder, `set/happy/${i}.png`), drawnFace({ x }));
    for (const [i, x] of [150, 320].entries()) await writePicture(join(folder, `set/sad/${i}.png`), drawnFace({ x, height: 340 }));
    const X = await embedData("best", { data: join(folder, "set"), overrides: ["data.split=test"] });
    const said = await classify(X.ids?.map((id) => join(folder, "set", id)) as string[]);
    const opened = await openMeasuredModel("best");
    const answers = opened.model.classify(new Embeddings(X.values, X.columns));
    await opened.close();
    expect(said.faces.map(({ distribution }) => distribution)).toEqual(answers.map(({ distribution }) => [...distribution]));
  });

  it("finds faces once: the next reading takes those that were kept", async () => {
    const root = join(folder, "set");
    let asked = 0;
    const counting = () => {
      const finder = openFaceFinder();
      return {
        version: finder.version,
        close: finder.close,
        cut: (...given: Parameters<typeof finder.cut>) => {
          asked++;
          return finder.cut(...given);
        },
      };
    };
    const first = await readDataset(root, { split: "test", finder: counting(), size: 40 });
    const before = asked;
    const second = await readDataset(root, { split: "test", finder: counting(), size: 40 });
    expect([before, asked, second.faces]).toEqual([5, 5, first.faces]);
    writeFileSync(join(root, "happy/0.png"), readFileSync(join(root, "happy/1.png")));
    await readDataset(root, { split: "test", finder: counting(), size: 40 });
    expect(asked).toBe(10);
  });
});
