import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Embeddings } from "@semblant/core";
import { readDataset } from "@semblant/datasets";
import { openData, resolveSettings } from "@semblant/training/settings";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { correctionsCsv } from "../../../answers/src/questions/audit.ts";
import { csvField } from "../../../core/src/csv-field.ts";
import { metadataTsv } from "../../../files/src/arrays/tsv.ts";
import { softLabelsCsv } from "../../../lab/src/runs/soft-labels.ts";

/** Names that a spreadsheet would run, as labels and as files. */
const classes = ["+plus", "=1+1", "@sum", "happy"];
const files = ["=HYPERLINK(A1).png", "+1.png", "-1+2.png", "@a, b.png", "-5", "a.png", "'=b.png", "; =2.png"];

async function folder(): Promise<string> {
  const root = join(mkdtempSync(join(tmpdir(), "semblant-")), "set");
  const png = (shade: number) =>
    sharp({ create: { width: 16, height: 16, channels: 3, background: { r: shade, g: shade, b: shade } } })
      .png()
      .toBuffer();
  let shade = 0;
  for (const label of classes) {
    for (const file of [...files.filter((name) => name.endsWith(".png")), "\t=c.png"]) {
      const path = join(root, label, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, await png(shade++));
    }
  }
  return root;
}

const written = (text: string) => {
  const path = join(mkdtempSync(join(tmpdir(), "semblant-")), "table.csv");
  writeFileSync(path, text);
  return path;
};

/** What a spreadsheet would find in each cell of simple comma-separated text. */
const cellsOf = (text: string) =>
  [...text.matchAll(/(?:^|,|\n)(?:"((?:[^"]|"")*)"|([^",\n]*))/g)].map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? "");
const isRun = (cell: string) => /^[=+\-@\t\r\n]/.test(cell) && !/^[+-]?\d*\.?\d+$/.test(cell);

describe("names that a spreadsheet would run as formulas", () => {
  it("are text in corrections, and the same names again where training reads them", async () => {
    const root = await folder();
    const plain = await readDataset(root, { cache: false });
    const ids = [plain.train, plain.validation, plain.test].flatMap((split) => split.ids);
    const face = { box: { x: 0, y: 0, width: 1, height: 1 }, face: 1, doubt: 0.9, shareOfNeighbors: 0, posterior: 0 };
    const doubtful = ids.map((path, i) => ({ ...face, path, given: "happy", suggested: classes[i % 4] as string }));
    const text = correctionsCsv(doubtful as never);
    expect(cellsOf(text).filter(isRun)).toEqual([]);
    const data = await readDataset(root, { cache: false, corrections: written(text) });
    for (const { ids: of, labels } of [data.train, data.validation, data.test]) {
      for (const [i, id] of of.entries()) expect(data.classes[labels[i] as number]).toBe(classes[ids.indexOf(id) % 4]);
    }
  });

  it("are text in soft labels, and the same names again where training reads them", async () => {
    const root = await folder();
    const { train, classes: known } = await readDataset(root, { cache: false });
    expect(known).toEqual([...classes].sort());
    const distributions = Float64Array.from({ length: train.ids.length * 4 }, (_, i) => (i % 5) / 4);
    for (let i = 0; i < train.ids.length; i++) distributions[4 * i] = 1;
    const text = softLabelsCsv({ ids: train.ids, classes: known, distributions, agreement: { runs: [], all: 1 } });
    expect(cellsOf(text).filter(isRun)).toEqual([]);
    const soft = await openData(resolveSettings({ data: { source: root, cache: false, softLabels: written(text) } }).data);
    expect(soft.train.votes).toHaveLength(distributions.length);
    const [first = 0] = soft.train.votes ?? [];
    const sum = distributions.subarray(0, 4).reduce((a, b) => a + b, 0);
    expect(first).toBeCloseTo((distributions[0] as number) / sum, 4);
  });

  it("are text in a table of paths and labels made of them, and found as the files they are", async () => {
    const root = await folder();
    const rows = classes.flatMap((label) => files.filter((name) => name.endsWith(".png")).map((file) => [`${label}/${file}`, label]));
    const text = `path,label\n${rows.map((row) => row.map(csvField).join(",")).join("\n")}\n`;
    expect(cellsOf(text).filter(isRun)).toEqual([]);
    writeFileSync(join(root, "labels.csv"), text);
    const data = await readDataset(root, { cache: false });
    const ids = [data.train, data.validation, data.test].flatMap((split) => split.ids);
    expect([...ids].sort()).toEqual(rows.map(([path]) => path as string).sort());
    expect(data.classes).toEqual([...classes].sort());
  });

  it("are text beside exported embeddings; negative numbers stay numbers", () => {
    const X = new Embeddings(new Float32Array(4), 2, { ids: ["=1", "\t@a"], labels: Int32Array.of(0, 1), classes: ["-x", "-1"] });
    expect(metadataTsv(X)).toBe("id\tlabel\tclass\n'=1\t0\t'-x\n' @a\t1\t-1\n");
    expect([csvField(-1.5), csvField("-1.5"), csvField("-a"), csvField("a;b")]).toEqual(["-1.5", "-1.5", "'-a", '"a;b"']);
  });
});
