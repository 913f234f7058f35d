/**
 * FER2013 and FER+ as they are. The faces cannot be shipped, so these tests look for them in SEMBLANT_FER or in
 * ../shared/data/fer2013 beside the repository (pixels.u8: 35,887 faces of 48 x 48 bytes in the order of fer2013.csv;
 * emotion-usage.csv: that file's other columns; fer2013new.csv; label-train.csv, label-valid.csv, label-test.csv).
 */
import { closeSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Dataset, LabeledImages } from "../dataset/dataset.ts";
import { subset } from "../dataset/subset.ts";
import { findTwins } from "../dataset/twins.ts";
import { pixelChecksums } from "../images/pixel-checksums.ts";
import { selectImages } from "../images/select.ts";
import type { LabelMode } from "../labels/label-modes.ts";
import { readFerPlus } from "./fer-plus.ts";
import { readFer2013 } from "./fer2013.ts";
import { formatInspection } from "./format-inspection.ts";
import { inspectDataset } from "./inspect.ts";

const source = process.env.SEMBLANT_FER ?? resolve(import.meta.dirname, "../../../../../shared/data/fer2013");
const present = existsSync(join(source, "pixels.u8"));
const folders = { train: "FER2013Train", valid: "FER2013Valid", test: "FER2013Test" };

/** Writes fer2013.csv, fer2013new.csv and the three label.csv, as people have them. */
function writeLayout(root: string): void {
  const pixels = readFileSync(join(source, "pixels.u8"));
  const rows = readFileSync(join(source, "emotion-usage.csv"), "utf8").trimEnd().split("\n");
  const numbers = Array.from({ length: 256 }, (_, value) => Buffer.from(`${value} `));
  const file = openSync(join(root, "fer2013.csv"), "w");
  writeSync(file, "emotion,pixels,Usage\n");
  const chunk = Buffer.alloc(1 << 23);
  let used = 0;
  rows.forEach((row, i) => {
    const [emotion, usage] = row.split(",");
    used += chunk.write(`${emotion},`, used);
    for (let k = i * 2304; k < (i + 1) * 2304; k++) {
      const digits = numbers[pixels[k] as number] as Buffer;
      for (let d = 0; d < digits.length; d++) chunk[used++] = digits[d] as number;
    }
    used--;
    used += chunk.write(`,${usage}\n`, used);
    if (used > chunk.length - 16_384 || i === rows.length - 1) {
      writeSync(file, chunk, 0, used);
      used = 0;
    }
  });
  closeSync(file);
  copyFileSync(join(source, "fer2013new.csv"), join(root, "fer2013new.csv"));
  for (const [name, folder] of Object.entries(folders)) {
    mkdirSync(join(root, "data", folder), { recursive: true });
    copyFileSync(join(source, `label-${name}.csv`), join(root, "data", folder, "label.csv"));
  }
}

const sizes = ({ train, validation, test }: Dataset) => [train, validation, test].map(({ labels }) => labels.length);
const perClass = ({ labels, classes }: LabeledImages) => classes.map((_, c) => labels.filter((label) => label === c).length);

describe.skipIf(!present)("FER+ (skipped where it is not at hand: set SEMBLANT_FER)", () => {
  let root = "";
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "semblant-fer-"));
    writeLayout(root);
  }, 60_000);
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const both = (labels: LabelMode) => readFerPlus(root, { labels, evaluation: labels });
  let once: Promise<Dataset> | undefined;
  const byMajority = (): Promise<Dataset> => {
    once ??= readFerPlus(root, { labels: "majority" });
    return once;
  };

  it("keeps 25,045 / 3,191 / 3,137 of label.csv by majority, in the published classes", async () => {
    const data = await byMajority();
    expect([data.labelSource, ...sizes(data)]).toEqual(["label.csv majority", 25_045, 3_191, 3_137]);
    expect(perClass(data.train)).toEqual([8733, 7284, 3136, 3022, 2098, 116, 536, 120]);
    expect(perClass(data.validation)).toEqual([1180, 862, 411, 348, 289, 25, 60, 16]);
    expect(perClass(data.test)).toEqual([1083, 892, 394, 382, 269, 16, 86, 15]);
    const dropped = (split: string) => data.dropped.filter((entry) => entry.split === split).reduce((sum, { count }) => sum + count, 0);
    expect(["train", "validation", "test"].map(dropped)).toEqual([3_513, 388, 436]);
  });

  it("keeps 25,060 / 3,199 / 3,153 of fer2013new.csv by majority", async () => {
    const data = await readFerPlus(root, { votes: "fer2013new.csv" });
    expect([data.labelSource, ...sizes(data)]).toEqual(["fer2013new.csv majority", 25_060, 3_199, 3_153]);
  });

  it("keeps 27,947 / 3,508 / 3,507 by crossentropy, 27,667 / 3,472 / 3,466 by multi_target", async () => {
    expect(sizes(await both("crossentropy"))).toEqual([27_947, 3_508, 3_507]);
    expect(sizes(await both("multi_target"))).toEqual([27_667, 3_472, 3_466]);
  });

  it("keeps 28,385 / 3,555 / 3,545 by plain votes, and evaluates by majority all the same", async () => {
    expect(sizes(await both("votes"))).toEqual([28_385, 3_555, 3_545]);
    expect(sizes(await readFerPlus(root, { labels: "votes" }))).toEqual([28_385, 3_191, 3_137]);
  });

  it("gives known names their own pixels: fer0032220.png is row 32298, not row 32220", async () => {
    const { train, validation, test } = await byMajority();
    const known: [LabeledImages, string, number, string][] = [
      [train, "fer0000001.png", 0, "15133f3ac2019a19a422a7f1f1d5c91ca9ff4e79"],
      [train, "fer0014242.png", 1, "b2e2cfe078b1dc3fe494290287da0a3a0088c875"],
      [train, "fer0028637.png", 0, "d08274bdcf5c6a89a400deb4aca3230fa305f25f"],
      [validation, "fer0028639.png", 7, "d0d731d0bc7659ddccdd852c2f7a591134a4087a"],
      [validation, "fer0030433.png", 2, "d43a43abf8dbfd3a6c1299373dbce455a4cef151"],
      [validation, "fer0032219.png", 0, "f828f54b6b08f5026ef325a51d57da92df40e186"],
      [test, "fer0032220.png", 7, "12712408614f62b7803b8c45f8d8c494a9552392"],
      [test, "fer0034029.png", 1, "2fc9f0351834f468d5f041a93ac80b9dcb5c4817"],
      [test, "fer0035801.png", 0, "66a1109b6a0cc19f8da40e8b841bf08ff37d9b48"],
    ];
    for (const [split, name, label, checksum] of known) {
      const row = split.ids.indexOf(name);
      expect([name, split.labels[row], pixelChecksums(selectImages(split.images, [row]))[0]]).toEqual([name, label, checksum]);
    }
    const byRow = (await readFer2013(root)).test;
    const row = byRow.ids.indexOf("row 32298");
    expect(pixelChecksums(selectImages(byRow.images, [row]))).toEqual(
      pixelChecksums(selectImages(test.images, [test.ids.indexOf("fer0032220.png")])),
    );
  });

  it("finds 244 of the 3,137 test faces in training, 232 of them among those trained on", async () => {
    const data = await byMajority();
    const { rows, trained, others } = findTwins(data);
    expect([rows.length, trained.length, others.length]).toEqual([244, 232, 2_893]);
    const without = subset(data.test, others);
    expect(findTwins({ ...data, test: without }).rows.length).toBe(0);
  });

  it("has votes that sum to 1 and names that are unique", async () => {
    const { train, validation, test } = await byMajority();
    for (const { votes, labels, ids } of [train, validation, test]) {
      expect(new Set(ids).size).toBe(labels.length);
      for (let i = 0; i < labels.length; i++) {
        const row = (votes as Float32Array).subarray(i * 8, i * 8 + 8);
        expect(Math.abs(row.reduce((a, b) => a + b) - 1)).toBeLessThan(1e-6);
      }
    }
  });

  it("is inspected: counts, what is left out, twins, and the four names that stand twice", async () => {
    const text = formatInspection(await inspectDataset(root)).join("\n");
    expect(text).toContain("test         3,573   3,137    1,083        892       394      382    269       16    86        15");
    expect(text).toContain("244 of the 3,137 test images also stand in train (232 of them as an image that is kept there)");
    expect(text).toContain("Faults: duplicate name (4)");
  });

  it("has FER2013's own labels too: 28,709 / 3,589 / 3,589", async () => {
    const data = await readFer2013(root);
    expect(sizes(data)).toEqual([28_709, 3_589, 3_589]);
    expect(perClass(data.train)).toEqual([4965, 7215, 3171, 4830, 3995, 436, 4097]);
  });
});
