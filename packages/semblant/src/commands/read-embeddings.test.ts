import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataError, Embeddings, Random } from "@semblant/core";
import { ByteWriter, parquetWrite } from "hyparquet-writer";
import { afterAll, describe, expect, it } from "vitest";
import { clusterRows } from "../../../answers/src/questions/cluster-rows.ts";
import { readEmbeddings } from "../../../files/src/arrays/read-embeddings.ts";
import { writeEmbeddings } from "../../../files/src/arrays/write-embeddings.ts";
import { mapRows } from "../../../lab/src/runs/map-rows.ts";
import { runProgram } from "../program.ts";
import { formatClustered } from "../tables/clustered-table.ts";

const folder = mkdtempSync(join(tmpdir(), "semblant-arrays-"));
afterAll(() => rmSync(folder, { recursive: true }));
const written = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

/** A NumPy file with a header as given. */
function npy(descr: string, shape: string, data: ArrayBufferView, order = "False", version = 1): Uint8Array {
  const head = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }\n`;
  const size = version === 1 ? 2 : 4;
  const bytes = new Uint8Array(8 + size + head.length + data.byteLength);
  bytes.set([0x93, ...Buffer.from("NUMPY"), version, 0]);
  if (version === 1) new DataView(bytes.buffer).setUint16(8, head.length, true);
  else new DataView(bytes.buffer).setUint32(8, head.length, true);
  bytes.set(Buffer.from(head), 8 + size);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), 8 + size + head.length);
  return bytes;
}
const valuesOf = async (path: string) => {
  const X = await readEmbeddings(path);
  return [X.rows, X.columns, Array.from(X.values)];
};
const refusal = async (path: string) => {
  const error = await readEmbeddings(path).catch((given: Error) => given);
  return error instanceof Error ? `${error.name}: ${error.message.replaceAll(folder, "")}` : "read";
};

describe("embeddings from a file", () => {
  const X = new Embeddings(Float32Array.of(0.1, -2, 3e-8, 4, 5, 6), 2, {
    ids: ["a.png", "=b.png", "c d.png"],
    labels: Int32Array.of(1, 0, 1),
    classes: ["neutral", "-glad"],
    votes: Float32Array.of(0.25, 0.75, 1, 0, 0.5, 0.5),
  });

  it.each([".npy", ".tsv", ".parquet"])("are what was written, with ids, labels, classes and votes: %s", async (ending) => {
    const [path = ""] = await writeEmbeddings(join(folder, `round${ending}`), X);
    const read = await readEmbeddings(path);
    expect(read).toEqual(X);
  });

  it("are rows of float16, float32 or float64 in either order of bytes and axes", async () => {
    const wanted = [2, 3, [1, 2, 3, 4, 5, 6]];
    const plain = Float64Array.of(1, 2, 3, 4, 5, 6);
    expect(await valuesOf(written("f8.npy", npy("<f8", "(2, 3)", plain)))).toEqual(wanted);
    expect(await valuesOf(written("f4.npy", npy("<f4", "(2, 3)", Float32Array.from(plain), "False", 2)))).toEqual(wanted);
    const swapped = new DataView(new ArrayBuffer(24));
    for (let i = 0; i < 6; i++) swapped.setFloat32(4 * i, i + 1, false);
    expect(await valuesOf(written("big.npy", npy(">f4", "(2, 3)", swapped)))).toEqual(wanted);
    expect(await valuesOf(written("byColumn.npy", npy("<f8", "(2, 3)", Float64Array.of(1, 4, 2, 5, 3, 6), "True")))).toEqual(wanted);
    const halves = Uint16Array.of(0x3c00, 0xc000, 0x3555, 0x0001);
    expect(await valuesOf(written("half.npy", npy("<f2", "(2, 2)", halves)))).toEqual([
      2,
      2,
      [1, -2, Math.fround(0.333251953125), 2 ** -24],
    ]);
  });

  it("are whole numbers and booleans of any width, too", async () => {
    const cases: [string, ArrayBufferView][] = [
      ["|i1", Int8Array.of(-1, 2)],
      ["<i2", Int16Array.of(-1, 2)],
      ["<i4", Int32Array.of(-1, 2)],
      ["<i8", BigInt64Array.of(-1n, 2n)],
    ];
    for (const [type, data] of cases) expect(await valuesOf(written("i.npy", npy(type, "(1, 2)", data)))).toEqual([1, 2, [-1, 2]]);
    const unsigned: [string, ArrayBufferView][] = [
      ["|u1", Uint8Array.of(255, 2)],
      ["<u2", Uint16Array.of(255, 2)],
      ["<u4", Uint32Array.of(255, 2)],
      ["<u8", BigUint64Array.of(255n, 2n)],
    ];
    for (const [type, data] of unsigned) expect(await valuesOf(written("u.npy", npy(type, "(1, 2)", data)))).toEqual([1, 2, [255, 2]]);
    expect(await valuesOf(written("b.npy", npy("|b1", "(2, 1)", Uint8Array.of(0, 1))))).toEqual([2, 1, [0, 1]]);
    expect(await valuesOf(written("big4.npy", npy(">i4", "(1, 1)", Uint8Array.of(0, 0, 1, 2))))).toEqual([1, 1, [258]]);
  });

  it("are read below a header of words, as pandas writes one", async () => {
    expect(await valuesOf(written("header.tsv", "x\ty 2\r\n1\t2\r\n3\t4e-1\r\n"))).toEqual([2, 2, [1, 2, 3, Math.fround(0.4)]]);
    expect(await valuesOf(written("headless.tsv", "0\t1\n3\t4\n"))).toEqual([2, 2, [0, 1, 3, 4]]);
  });

  it("are refused in our words where Parquet is damaged", async () => {
    const [path = ""] = await writeEmbeddings(join(folder, "sound.parquet"), X);
    const sound = readFileSync(path);
    const damaged = "DataError: /d.parquet: expected a whole Parquet file, but it cannot be read: it is";
    for (const length of [4, 11, 100, sound.length - 1]) {
      expect(await refusal(written("d.parquet", sound.subarray(0, length)))).toBe(`${damaged} cut short.`);
    }
    const wrongLength = Buffer.from(sound);
    wrongLength.writeUInt32LE(544173164, sound.length - 8);
    expect(await refusal(written("d.parquet", wrongLength))).toBe(`${damaged} damaged.`);
    const head = sound.readUInt32LE(sound.length - 8);
    const zeroed = Buffer.from(sound).fill(0xff, sound.length - 8 - head, sound.length - 8);
    expect(await refusal(written("d.parquet", zeroed))).toBe(`${damaged} damaged.`);
    expect(await refusal(written("d.parquet", "a text, and no table"))).toBe(
      "DataError: /d.parquet: expected a Parquet file, but got another.",
    );
  });

  it("are the only column of lists in a Parquet file of another program, or the one named embedding", async () => {
    const parquetOf = (name: string, columns: Record<string, unknown[]>) => {
      const writer = new ByteWriter();
      parquetWrite({ writer, columnData: Object.entries(columns).map(([column, data]) => ({ name: column, data })) as never });
      return written(name, new Uint8Array(writer.getBuffer()));
    };
    const lists = (name: string, column: string, rows: number[][], others: string[] = []) => {
      const writer = new ByteWriter();
      const all = [column, ...others];
      parquetWrite({
        writer,
        columnData: all.map((one) => ({ name: one, data: rows })),
        schema: [
          { name: "root", num_children: all.length },
          ...all.flatMap((one) => [
            { name: one, repetition_type: "REQUIRED" as const, converted_type: "LIST" as const, num_children: 1 },
            { name: "list", repetition_type: "REPEATED" as const, num_children: 1 },
            { name: "element", repetition_type: "REQUIRED" as const, type: "DOUBLE" as const },
          ]),
        ],
      });
      return written(name, new Uint8Array(writer.getBuffer()));
    };
    expect(
      await valuesOf(
        lists("v.parquet", "vector", [
          [1, 2],
          [3, 4],
        ]),
      ),
    ).toEqual([2, 2, [1, 2, 3, 4]]);
    expect(await valuesOf(lists("two.parquet", "embedding", [[1, 2]], ["other"]))).toEqual([1, 2, [1, 2]]);
    expect(await refusal(lists("several.parquet", "a", [[1, 2]], ["b"]))).toBe(
      'DataError: /several.parquet: expected a column "embedding" with lists of numbers, but got several (a, b).',
    );
    expect(await refusal(lists("ragged.parquet", "a", [[1, 2], [3]]))).toMatch(/expected 2 numbers in each row of a, but row 1 has 1\.$/);
    expect(await refusal(parquetOf("none.parquet", { id: ["x"] }))).toMatch(/but got none among id\.$/);
  });

  it("are refused in words where a file is not what its ending says", async () => {
    const four = Float32Array.of(1, 2, 3, 4);
    expect(await refusal(written("x.npy", "no"))).toBe("DataError: /x.npy: expected a NumPy file, but got another.");
    expect(await refusal(written("flat.npy", npy("<f4", "(4,)", four)))).toBe(
      "DataError: /flat.npy: expected a table of rows and columns, but got the shape (4).",
    );
    expect(await refusal(written("cut.npy", npy("<f4", "(3, 2)", four)))).toBe(
      "DataError: /cut.npy: expected 24 bytes of numbers for the shape (3, 2), but got 16.",
    );
    expect(await refusal(written("complex.npy", npy("<c8", "(2, 2)", new Float32Array(8))))).toBe(
      'DataError: /complex.npy: expected numbers of the type float16 to float64, int8 to int64 or uint8 to uint64, but got "<c8".',
    );
    expect(await refusal(written("none.npy", npy("<f4", "(0, 8)", new Float32Array(0))))).toBe(
      "DataError: /none.npy: expected rows, but it has none: the shape (0, 8).",
    );
    expect(await refusal(written("thin.npy", npy("<f4", "(8, 0)", new Float32Array(0))))).toBe(
      "DataError: /thin.npy: expected columns, but it has none: the shape (8, 0).",
    );
    expect(await refusal(written("below.npy", npy("<f4", "(-2, 2)", four)))).toBe(
      "DataError: /below.npy: expected a table of rows and columns, but got the shape (-2, 2).",
    );
    expect(await refusal(written("great.npy", npy("<f8", "(2, 2)", Float64Array.of(1, 2, 3, 1e300))))).toBe(
      "DataError: /great.npy: expected numbers up to 3.4e38, float32's largest, but row 1 holds 1e+300.",
    );
    expect(await refusal(written("great.tsv", "1\t2\n1e300\t4\n"))).toBe(
      "DataError: /great.tsv: expected numbers up to 3.4e38, float32's largest, but row 1 holds 1e300.",
    );
    expect(await refusal(written("nan.tsv", "nan\tnan\n1\t2\n"))).toBe(
      "DataError: /nan.tsv: expected finite numbers, but row 0 holds nan.",
    );
    expect(await refusal(written("index.tsv", "\ta\tb\n0\t1\t2\n"))).toBe(
      'DataError: /index.tsv line 1: expected a number, but got "".\n  Its first column is an index. From pandas, leave it out: to_csv(path, sep="\\t", index=False, header=False)',
    );
    expect(await refusal(written("head.tsv", "a\tb\n"))).toBe("DataError: /head.tsv: expected rows below its header, but it has none.");
    expect(await refusal(written("nan.npy", npy("<f4", "(2, 2)", Float32Array.of(1, 2, Number.NaN, 4))))).toBe(
      "DataError: /nan.npy: expected finite numbers, but row 1 holds NaN.",
    );
    expect(await refusal(written("bad.tsv", "1\t2\n3\n"))).toBe("DataError: /bad.tsv line 2: expected 2 numbers, but got 1.");
    expect(await refusal(written("word.tsv", "1\tx\n"))).toBe('DataError: /word.tsv line 1: expected a number, but got "x".');
    expect(await refusal(written("empty.tsv", ""))).toMatch(/line of numbers for each row, but it is empty\.$/);
    expect(await refusal(written("x.parquet", "PAR1"))).toMatch(
      /^DataError: \/x\.parquet: expected a whole Parquet file, but it cannot be read/,
    );
    expect(await refusal(join(folder, "gone.npy"))).toBe(
      "DataError: /gone.npy: expected to use it, but there is no such file or folder (ENOENT).",
    );
    expect(await refusal("x.csv")).toMatch(/^OptionError: embeddings: expected a file that ends in \.npy, \.parquet, \.tsv/);
    written("few.npy", npy("<f4", "(2, 2)", four));
    written("few.metadata.tsv", "id\nonly one\n");
    expect(await refusal(join(folder, "few.npy"))).toBe(
      "DataError: /few.metadata.tsv: expected a head and 2 rows, as beside it, but got 1 rows.",
    );
  });
});

describe("rows of another program", () => {
  const random = new Random(3);
  const X = new Embeddings(
    Float32Array.from({ length: 240 }, (_, i) => (i % 8 < 4 ? 9 : 0) + random.normal()),
    4,
    {
      ids: Array.from({ length: 60 }, (_, i) => `f${i}`),
      labels: Int32Array.from({ length: 60 }, (_, i) => i % 2),
      classes: ["up", "down"],
    },
  );

  it("fall into groups, with their classes where they have some", () => {
    const { groups, clusters, method, rows, columns } = clusterRows(X);
    expect([rows, columns, method, groups.map(({ name, size, purity }) => [name.slice(9), size, purity]).sort()]).toEqual([
      60,
      4,
      "BIC",
      [
        ["down", 30, 1],
        ["up", 30, 1],
      ],
    ]);
    expect(new Set(clusters.filter((_, i) => i % 2 === 0)).size).toBe(1);
    const bare = clusterRows(new Embeddings(X.values, 4), { k: 3, least: 2 });
    expect(bare.method).toBe("given number");
    expect(formatClustered(bare)).toMatch(/^60 rows in \d groups?, as asked[\s\S]*medoid\ngroup 1 /);
    expect(() => clusterRows(X, { k: 61 })).toThrow("cluster: expected k to be a whole number from 1 to the 60 rows, but got 61.");
  });

  it("say why there are fewer groups than were asked for", () => {
    const line = (rows: Embeddings, options: { k: number; least?: number }) => formatClustered(clusterRows(rows, options)).split("\n")[0];
    const alike = new Embeddings(new Float32Array(120), 2);
    expect(line(alike, { k: 3 })).toBe("60 rows in 1 group, of 3 asked, since the rows are all alike");
    expect(line(alike, { k: 1 })).toBe("60 rows in 1 group, as asked");
    const two = new Embeddings(
      Float32Array.from({ length: 120 }, (_, i) => (i % 4 < 2 ? 9 : 0)),
      2,
    );
    expect(line(two, { k: 3 })).toBe("60 rows in 2 groups, of 3 asked, since only 2 rows differ");
    const stray = new Embeddings(
      Float32Array.from({ length: 120 }, (_, i) => (i < 2 ? 99 : random.normal())),
      2,
    );
    expect(line(stray, { k: 2, least: 2 })).toBe("60 rows in 1 group, of 2 asked, since those of fewer than 2 are none; 1 row in none");
    expect(clusterRows(alike, { k: 3 }).fewer).toEqual({ asked: 3, reason: "the rows are all alike" });
  });

  it("are drawn on a map that keeps neighbours, all of them or some", async () => {
    const map = await mapRows(X, { perplexity: 8, sample: 40, seed: 1 });
    expect(map.embeddings.rows).toBe(40);
    expect(map.trustworthiness).toBeGreaterThan(0.6);
    expect(map.svg).toMatch(/^<svg[\s\S]*down/);
    await expect(mapRows(X.take([0, 1]))).rejects.toThrow(new DataError("map: expected at least 4 rows, but got 2."));
  });

  it("are taken by the commands, which say what is not to be had of them", async () => {
    const [path = ""] = await writeEmbeddings(join(folder, "rows.npy"), X);
    const said = async (...args: string[]) => {
      const [stdout, stderr]: [string[], string[]] = [[], []];
      const streams = {
        stdout: { write: (text: string) => stdout.push(text) },
        stderr: { write: (text: string) => stderr.push(text) },
        env: {},
      };
      const status = await runProgram(args, streams);
      return { status, stdout: stdout.join(""), stderr: stderr.join("").replaceAll(folder, "") };
    };
    const out = join(folder, "map.svg");
    const mapped = await said("map", path, "--out", out, "--json", "-q");
    expect([mapped.status, JSON.parse(mapped.stdout)]).toEqual([0, expect.objectContaining({ rows: 60, columns: 4, file: out })]);
    const grouped = await said("cluster", path, "-k", "2", "--json");
    expect(JSON.parse(grouped.stdout)).toMatchObject({ rows: 60, method: "given number", groups: [{ size: 30 }, { size: 30 }] });
    const refused = async (...args: string[]) => (await said(...args)).stderr;
    for (const width of ["1", "21", "1e9"]) {
      expect(await refused("map", "nowhere.npy", "--width", width)).toBe(
        `OptionError: --width: expected a number from 2 to 20, but got "${width}".\n`,
      );
    }
    expect(await refused("map", path, "--perplexity", "1000", "--out", out)).toBe(
      "OptionError: --perplexity: expected a number from 1 to 19.66, a third of the 59 other rows, but got 1000.\n",
    );
    expect(await refused("map", path, "--perplexity", "0.5", "--out", out)).toMatch(
      /^OptionError: --perplexity: expected a number from 1 to /,
    );
    expect(await refused("cluster", path, "-k", "100")).toBe(
      "OptionError: --groups: expected a whole number from 1 to the 60 rows, but got 100.\n",
    );
    for (const name of ["e.npz", "e.csv"]) {
      expect(await refused("cluster", written(name, "1,2"))).toBe(
        `OptionError: cluster: expected a folder of photos or exported embeddings, but "/${name}" is another file.\n  Embeddings are read from .npy, .parquet, .tsv.\n`,
      );
      expect(await refused("map", written(name, "1,2"))).toBe(
        `DataError: /${name}: expected a run, its folder or the weights in it, but got another file.\n  Embeddings are read from .npy, .parquet, .tsv.\n`,
      );
    }
    for (const command of ["classify", "best"]) {
      expect(await said(command, path)).toEqual({
        status: 2,
        stdout: "",
        stderr: `OptionError: ${command}: expected photos, but "/rows.npy" is exported embeddings.\n  semblant map and semblant cluster take them.\n`,
      });
    }
    const noRun =
      "DataError: /rows.npy: expected a run, its folder or the weights in it, but got exported embeddings.\n  semblant map and semblant cluster take them; evaluate(gallery, test) of @semblant/core measures them.\n";
    expect(await refused("train", "--resume", path)).toBe(`resuming ${path.replace(folder, "")} ...\n${noRun}`);
    expect(await refused("subdivide", "--resume", path)).toContain(noRun);
    expect(await refused("soft-labels", path, "--csv", join(folder, "soft.csv"))).toContain(noRun);
    expect(await said("map", path, "--thumbnails")).toEqual({
      status: 2,
      stdout: "",
      stderr:
        "OptionError: map: expected a run with --thumbnails, but got the embeddings /rows.npy.\n  They are mapped as they are, without their faces.\n",
    });
    expect((await said("cluster", path, "--sheet", "a.html")).stderr).toBe(
      "OptionError: cluster: expected a folder of photos with --sheet, but got the embeddings /rows.npy.\n",
    );
    expect((await said("evaluate", path)).stderr).toBe(
      "DataError: /rows.npy: expected a run, its folder or the weights in it, but got exported embeddings.\n  semblant map and semblant cluster take them; evaluate(gallery, test) of @semblant/core measures them.\n",
    );
    expect((await said("album", written("x.jpg", "no photo"))).stderr).toBe(
      `OptionError: album: expected a folder of photos, but "/x.jpg" is a photo.\n  Of one photo: semblant classify PHOTO\n`,
    );
    expect((await said("album", path)).stderr).toMatch(/is exported embeddings\.\n {2}semblant map and semblant cluster take them\.\n$/);
  });
});
