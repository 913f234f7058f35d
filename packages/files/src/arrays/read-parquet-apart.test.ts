import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Embeddings } from "@semblant/core";
import { afterAll, describe, expect, it } from "vitest";
import { readParquetApart } from "./read-parquet-apart.ts";
import { writeEmbeddings } from "./write-embeddings.ts";

const folder = mkdtempSync(join(tmpdir(), "semblant-parquet-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const X = new Embeddings(
  Float32Array.from({ length: 24 }, (_, i) => i),
  4,
  { ids: ["a", "b", "c", "d", "e", "f"], labels: Int32Array.of(0, 1, 2, 0, 1, 2), classes: ["x", "y", "z"] },
);
const [path = ""] = await writeEmbeddings(join(folder, "x.parquet"), X);
const sound = readFileSync(path);

describe("Parquet read in a thread of its own", () => {
  it("is what was written", async () => {
    const { values, columns, ids, labels, classes } = await readParquetApart("x", sound);
    expect([[...values], columns, ids, [...(labels ?? [])], classes]).toEqual([[...X.values], 4, X.ids, [0, 1, 2, 0, 1, 2], X.classes]);
  });

  it("is refused in the reader's words", async () => {
    await expect(readParquetApart("x", sound.subarray(0, 300))).rejects.toThrow(
      "x: expected a whole Parquet file, but it cannot be read: it is cut short.",
    );
  });

  it("is given up when the reader does not end: a run of labels with a length below zero", async () => {
    const damaged = Uint8Array.from(sound);
    expect([damaged[169], damaged[170], damaged[172]]).toEqual([0o25, 0o10, 0]);
    [damaged[169], damaged[170], damaged[172]] = [0, 0, 0o200];
    await expect(readParquetApart("x", damaged, 3)).rejects.toThrow(
      "x: expected a whole Parquet file, but it cannot be read: it is damaged, or takes longer than 3 s.",
    );
  });

  it("is given up when the reader fails where nobody waits: a damaged column whose name in the schema is another's", async () => {
    const damaged = Uint8Array.from(sound);
    const text = Buffer.from(damaged).toString("latin1");
    // In the schema `label` becomes a second `class`: what waits for columns by name then waits for the first `class` alone.
    expect(text.split("label").length).toBe(3);
    damaged.set(Buffer.from("ids_x"), text.indexOf("label"));
    damaged.fill(255, 4, 200);
    await expect(readParquetApart("x", damaged)).rejects.toThrow("x: expected a whole Parquet file, but it cannot be read: it is damaged.");
  });
});
