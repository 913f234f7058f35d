import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Embeddings, OptionError } from "@semblant/core";
import { parquetReadObjects } from "hyparquet";
import { afterAll, describe, expect, it } from "vitest";
import { npy } from "./npy.ts";
import { factsOf } from "./row-facts.ts";
import { metadataTsv, tsv } from "./tsv.ts";
import { writeEmbeddings } from "./write-embeddings.ts";

const folder = mkdtempSync(join(tmpdir(), "semblant-formats-"));
afterAll(() => rmSync(folder, { recursive: true }));

const X = new Embeddings(Float32Array.of(0.1, -2, 3e-9, 4, 5, 1 / 3), 3, {
  ids: ["a.png", "with\ttab.png"],
  labels: Int32Array.of(1, 0),
  classes: ["neutral", "happiness"],
  votes: Float32Array.of(0.25, 0.75, 1, 0),
});

describe("embeddings on disk", () => {
  it("are an NPY of the right magic, an aligned header and little-endian floats", () => {
    const bytes = npy(X);
    expect(Array.from(bytes.subarray(0, 8))).toEqual([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]);
    const length = bytes[8] as number;
    expect((10 + length) % 64).toBe(0);
    expect(new TextDecoder().decode(bytes.subarray(10, 10 + length)).trimEnd()).toBe(
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }",
    );
    expect(new Float32Array(bytes.slice(10 + length).buffer)).toEqual(X.values);
  });

  it("read back from TSV as the same 32-bit numbers", () => {
    const values = tsv(X)
      .trimEnd()
      .split("\n")
      .flatMap((line) => line.split("\t").map(Number));
    expect(Float32Array.from(values)).toEqual(X.values);
  });

  it("have metadata with a header row, one line per row, and no tab inside a name", () => {
    expect(metadataTsv(X)).toBe(
      "id\tlabel\tclass\tvotes_neutral\tvotes_happiness\na.png\t1\thappiness\t0.25\t0.75\nwith tab.png\t0\tneutral\t1\t0\n",
    );
  });

  it("say who and of which recording each row is, where that is known", () => {
    const known = new Embeddings(Float32Array.of(1, 2), 1, { ids: ["a", "b"], people: ["S010", ""], sequences: ["S010_004", ""] });
    expect(metadataTsv(known)).toBe("id\tperson\tsequence\na\tS010\tS010_004\nb\t\t\n");
    const columns = new Map([
      ["person", ["S010", ""]],
      ["sequence", ["S010_004", ""]],
    ]);
    expect(factsOf("x.parquet", 2, columns)).toEqual({ people: ["S010", ""], sequences: ["S010_004", ""] });
  });

  it("read back from Parquet with their ids, classes and votes", async () => {
    const [path] = await writeEmbeddings(join(folder, "x.parquet"), X);
    const bytes = readFileSync(path as string);
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    const rows = await parquetReadObjects({ file });
    expect(rows[0]).toEqual({
      id: "a.png",
      label: 1,
      class: "happiness",
      votes_neutral: 0.25,
      votes_happiness: 0.75,
      embedding: Array.from(X.row(0)),
    });
    expect(rows[1]?.embedding).toEqual(Array.from(X.row(1)));
  });

  it("say the rows where nothing else is known", () => {
    expect(metadataTsv(new Embeddings(Float32Array.of(1, 2), 1))).toBe("id\nrow 0\nrow 1\n");
  });

  it("leave no temporary file behind", async () => {
    await writeEmbeddings(join(folder, "x.npy"), X);
    await writeEmbeddings(join(folder, "x.tsv"), X);
    expect(readdirSync(folder).sort()).toEqual(["x.metadata.tsv", "x.npy", "x.parquet", "x.tsv"]);
  });

  it("are refused under an ending that no format has", async () => {
    const refusal = await writeEmbeddings("x.csv", X).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(OptionError);
    expect((refusal as Error).message).toBe('embed: expected --out to end in .npy, .parquet or .tsv, but got "x.csv".');
  });
});
