import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder, writeFace, writeText } from "../reading/fixtures/small-layouts.ts";
import { inspectDataset } from "../reading/inspect.ts";
import { readDataset } from "../reading/read-dataset.ts";
import { parseTable, separatorOf } from "../text/parse-table.ts";
import { labelledRows } from "./columns.ts";
import { splitOfTable } from "./find-tables.ts";

const names = Array.from({ length: 8 }, (_, i) => `images/${i}.png`);
const word = (i: number) => (i % 2 === 0 ? "happy" : "sad");
const rows = (between: string, end = "\n", path = (name: string) => name) =>
  names.map((name, i) => `${path(name)}${between}${word(i)}${end}`).join("");

async function folder(table: string, text: string | Buffer): Promise<string> {
  const root = temporaryFolder();
  for (const [n, name] of names.entries()) await writeFace(join(root, name), n);
  mkdirSync(join(root, table, ".."), { recursive: true });
  writeFileSync(join(root, table), text);
  return root;
}

/** Images of each class, as the inspection counts them, and what it says of faults and warnings. */
async function read(root: string) {
  const { classes, splits, faults, warnings, labelSource } = await inspectDataset(root, { cache: false, split: "test" });
  return {
    classes,
    counts: splits[2]?.classes,
    faults: faults.map(({ problem }) => problem),
    warnings: warnings.filter((line) => !/holds no images/.test(line)),
    labelSource,
  };
}
const good = { classes: ["happiness", "sadness"], counts: [4, 4], faults: [], warnings: [] };

describe("a table as another program wrote it", () => {
  const big = Buffer.from(`path,label\n${rows(",")}`, "utf16le").swap16();
  const cases: readonly (readonly [what: string, file: string, text: string | Buffer])[] = [
    ["semicolons", "labels.csv", `path;label\n${rows(";")}`],
    ["tabs", "labels.csv", `path\tlabel\n${rows("\t")}`],
    ["tabs and the ending .tsv", "list.tsv", `filename\temotion\r\n${rows("\t", "\r\n")}`],
    ["bars", "labels.csv", `path|label\n${rows("|")}`],
    ["UTF-16 with its mark", "labels.csv", Buffer.from(`\ufeffpath,label\n${rows(",")}`, "utf16le")],
    ["UTF-16 without a mark", "labels.csv", Buffer.from(`path,label\r\n${rows(",", "\r\n")}`, "utf16le")],
    ["UTF-16 of the other order", "labels.csv", Buffer.concat([Buffer.from([0xfe, 0xff]), big])],
    ["a byte order mark", "labels.csv", `\ufeffpath,label\n${rows(",")}`],
    ["CR alone at the end of lines", "labels.csv", `path,label\r${rows(",", "\r")}`],
    ["Excel's line for the separator", "labels.csv", `sep=;\r\npath;label\r\n${rows(";", "\r\n")}`],
    ["columns filename and label", "annotations.csv", `filename,label\n${rows(",")}`],
    [
      "columns image and emotion, others beside",
      "labels.csv",
      `,image,age,emotion\n${names.map((n, i) => `${i},${n},3${i},${word(i)}\n`).join("")}`,
    ],
    ["columns Image Path and Class_Name", "labels.csv", `Image Path,Class_Name\n${rows(",")}`],
    ["columns that say nothing, told by what is in them", "x.csv", `a,b\n${rows(",")}`],
    ["no line of names", "list.csv", rows(",")],
    ["no line of names, blanks and the ending .txt", "list.txt", rows(" ")],
    [
      "quoted fields with line breaks beside",
      "labels.csv",
      `path,note,label\n${names.map((n, i) => `"${n}","two\nlines, ""so""",${word(i)}\n`).join("")}`,
    ],
    ["backslashes", "labels.csv", `path,label\n${rows(",", "\n", (name) => `.\\${name.replace("/", "\\")}`)}`],
    ["another case, and no ending", "labels.csv", `path,label\n${rows(",", "\n", (name) => name.toUpperCase().replace(".PNG", ""))}`],
  ];
  it.each(cases)("is read with %s", async (_, file, text) => {
    expect(await read(await folder(file, text))).toMatchObject(good);
  });

  it("is read with absolute paths that lead into its folder, and refused with others", async () => {
    const root = await folder("labels.csv", "");
    writeText(join(root, "labels.csv"), `path,label\n${rows(",", "\n", (name) => resolve(root, name))}`);
    expect(await read(root)).toMatchObject(good);
    expect((await readDataset(root, { cache: false, split: "test" })).test.ids).toEqual(names);
    writeText(join(root, "labels.csv"), `path,label\n${rows(",", "\n", (name) => resolve(root, "..", name))}`);
    expect((await read(root)).faults[0]).toBe(
      `expected a path inside the table's folder, but got ${JSON.stringify(resolve(root, "..", "images/0.png"))}.`,
    );
  });

  it("is read where its pictures lie in another folder than it says, which is said", async () => {
    const bare = await folder("labels.csv", `filename,label\n${rows(",", "\n", (name) => name.slice(7))}`);
    expect(await read(bare)).toMatchObject({
      ...good,
      warnings: ["the rows of labels.csv are taken from images/, where their pictures lie."],
    });
    const apart = await folder("annotations/labels.csv", `path,label\n${rows(",", "\n", (name) => `../${name}`)}`);
    expect(await read(apart)).toMatchObject(good);
  });

  it("finds names whose letters are taken apart, and names with %20", async () => {
    const root = await folder("labels.csv", `path,label\nimages/Zoë.png,happy\nimages/a%20b.png,sad\n`);
    renameSync(join(root, "images/0.png"), join(root, `images/${"Zoë".normalize("NFD")}.png`));
    renameSync(join(root, "images/1.png"), join(root, "images/a b.png"));
    expect(await read(root)).toMatchObject({ counts: [1, 1], faults: [] });
  });

  it("names pictures that are missing, and counts those without a row", async () => {
    const root = await folder("labels.csv", "path,label\nimages/0.png,happy\nimages/1.png,sad\nimages/gone.png,sad\n");
    expect(await read(root)).toMatchObject({
      counts: [1, 1],
      faults: ["no such file."],
      warnings: ["6 pictures have no row in labels.csv and are left out: images/2.png ..."],
    });
  });

  it("may be several, one a split, that say so in their names", async () => {
    const root = await folder("train.csv", `image,label\n${rows(",")}`);
    writeText(join(root, "train.csv"), "image,label\nimages/0.png,happy\nimages/1.png,sad\nimages/2.png,happy\n");
    writeText(join(root, "test_labels.csv"), "image,label\nimages/4.png,happy\nimages/5.png,sad\n");
    const data = await readDataset(root, { cache: false });
    expect([data.train.ids.length, data.validation.ids.length, data.test.ids]).toEqual([3, 0, ["images/4.png", "images/5.png"]]);
    expect(splitOfTable("a/PublicTest.csv")).toBe("validation");
    writeText(join(root, "more.csv"), "image,label\nimages/0.png,happy\n");
    await expect(readDataset(root)).rejects.toThrow(
      `data at ${root}: expected one table of paths and labels, but got more.csv, test_labels.csv, train.csv.\n  Name the one that is meant.`,
    );
  });

  it("is refused by name where its columns cannot be known, and nothing else says the labels", async () => {
    const root = await folder("labels.csv", "filename,age\nimages/0.png,31\nimages/1.png,40\n");
    await expect(readDataset(root)).rejects.toThrow(
      `data at ${root}: labels.csv is here, but it is not read: expected a column of pictures (path, filename, file, image ...) and one of labels (label, emotion, expression, class ...), but its first line is "filename,age".`,
    );
  });

  it("is a fault by name beside folders that say the labels", async () => {
    const root = temporaryFolder();
    for (const [n, name] of ["happy/a.png", "happy/b.png", "sad/c.png", "sad/d.png"].entries()) await writeFace(join(root, name), n);
    writeText(join(root, "ages.csv"), "filename,age\nhappy/a.png,31\n");
    writeText(join(root, "README.txt"), "What is here, and what it is for.\n");
    expect(await read(root)).toMatchObject({
      counts: [2, 2],
      faults: [expect.stringMatching(/^it is not read: expected a column of pictures .* but its first line is "filename,age"\.$/)],
    });
    writeText(join(root, "ages.csv"), "filename,emotion\nhappy/a.png,sad\n");
    expect((await read(root)).faults).toEqual([
      `it is not read, since folders say the labels here. To read it, name it: ${join(root, "ages.csv")}`,
    ]);
  });

  it("is read among its pictures, where their folder is the only one, or refused by name", async () => {
    for (const path of [(name: string) => name, (name: string) => name.replace("images/", "")]) {
      const root = await folder("images/labels.csv", `path,label\n${rows(",", "\n", path)}`);
      expect(await read(root)).toEqual({ ...good, labelSource: "labels.csv label" });
    }
    const ages = await folder("images/ages.csv", "filename,age\n0.png,31\n1.png,40\n");
    await expect(readDataset(ages)).rejects.toThrow(
      `data at ${ages}: images/ages.csv is here, but it is not read: expected a column of pictures`,
    );
  });

  it("is a fault by name among the pictures of one of several classes", async () => {
    const root = temporaryFolder();
    for (const [n, name] of ["happy/a.png", "happy/b.png", "sad/c.png", "sad/d.png"].entries()) await writeFace(join(root, name), n);
    writeText(join(root, "sad/labels.csv"), "path,label\nc.png,happy\nd.png,sad\n");
    const { faults, splits } = await inspectDataset(root, { cache: false, split: "test" });
    expect(splits[2]?.classes).toEqual([2, 2]);
    expect(faults.map(({ file, problem }) => [file, problem])).toEqual([
      ["sad/labels.csv", `it is not read, since folders say the labels here. To read it, name it: ${join(root, "sad/labels.csv")}`],
    ]);
  });

  it("is refused by name where it is no text and nothing else says the labels", async () => {
    for (const name of ["labels.xlsx", "images/annotations.json", "metadata.jsonl"]) {
      const root = await folder(name, "{}");
      await expect(readDataset(root)).rejects.toThrow(
        `data at ${root}: ${name} is here, but it is not read: expected a table as text.\n  Save it as labels.csv with the columns path,label.`,
      );
    }
  });
});

describe("labels that are numbers", () => {
  it("are classes in the order of their values, one for 3 and 3.0, and are said to mean nothing", async () => {
    const root = await folder(
      "labels.csv",
      `path,label\n${names.map((name, i) => `${name},${["2", "10", "2.0", "1"][i % 4]}\n`).join("")}`,
    );
    expect(await read(root)).toMatchObject({
      classes: ["1", "2", "10"],
      counts: [2, 4, 2],
      warnings: [
        '"2" and "2.0" are one class, which is called 2.',
        "labels are numbers, which do not say what they mean: classes are called 1, 2, 10. Write words in their place to change that.",
      ],
    });
  });
});

describe("the separator of a table", () => {
  it("is what cuts its lines alike", () => {
    expect(separatorOf("a;b\n1,5;2,5\n")).toBe(";");
    expect(separatorOf('path,label\n"a;b.png",happy\n')).toBe(",");
    expect(separatorOf("train_1.jpg 5\ntrain_2.jpg 4\n")).toBe("spaces");
    expect(separatorOf("one\ntwo\n")).toBe(",");
  });

  it("leaves lines their numbers", () => {
    expect(parseTable("t.csv", "sep=;\na;b\n\nc;d\n").map(({ line }) => line)).toEqual([2, 4]);
    expect(parseTable("t.txt", "a.png 1\n\nb.png 2\n").map(({ line }) => line)).toEqual([1, 3]);
  });
});

describe("the columns of a table", () => {
  const columnsOf = (...lines: string[]) => labelledRows(lines.map((line, i) => ({ line: i + 1, fields: line.split(",") })))?.columns;

  it("are known by their names, ours first", () => {
    expect(columnsOf("emotion,label,file,path,person,Video ID,set", "1,happy,x.png,x.png,Ann,7,train")).toEqual({
      path: 3,
      label: 1,
      split: 6,
      subject: 4,
      sequence: 5,
    });
  });

  it("are not made up: a column is a split only where it says splits, and a label where it says labels", () => {
    expect(columnsOf("file,label,set", "a.png,happy,blue")?.split).toBe(-1);
    expect(columnsOf("file,age", "a.png,31")).toBeUndefined();
    expect(columnsOf("what,who", "noon,Ann")).toBeUndefined();
    expect(columnsOf("a.png,12,happy,train")).toMatchObject({ path: 0, label: 2, split: 3 });
  });
});
