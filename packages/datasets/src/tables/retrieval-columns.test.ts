import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { queryGallery } from "../dataset/query-gallery.ts";
import { temporaryFolder, writeFace, writeText } from "../reading/fixtures/small-layouts.ts";
import { readLabelledTable } from "../reading/labelled-table.ts";
import { readDataset } from "../reading/read-dataset.ts";

const pictures = ["a.png", "b.png", "c.png", "d.png", "e.png", "f.png"];

async function table(text: string): Promise<string> {
  const root = temporaryFolder();
  for (const [n, picture] of pictures.entries()) await writeFace(join(root, picture), n);
  writeText(join(root, "faces.csv"), text);
  return root;
}

const head = "label,path,split,is_query,is_gallery\n";
const training = "1,a.png,train,,\n2,b.png,train,None,nan\n";

describe("a table of queries and their gallery, as open-metric-learning reads it", () => {
  it("says what each row of validation is for; training has no part in it", async () => {
    const root = await table(`${head}${training}3,c.png,validation,True,False\n3,d.png,validation,0,1.0\n4,e.png,validation,True,True\n`);
    const { train, validation, classes } = await readDataset(root);
    expect([train.roles, validation.roles]).toEqual([
      ["neither", "neither"],
      ["query", "gallery", "both"],
    ]);
    expect(classes).toEqual(["1", "2", "3", "4"]); // validation has classes of its own
    const parts = queryGallery(validation);
    expect([parts?.queries.ids, parts?.gallery.ids, parts?.itself]).toEqual([["c.png", "e.png"], ["d.png", "e.png"], Int32Array.of(-1, 1)]);
    expect([parts?.queries.roles, queryGallery(train)]).toEqual([["query", "both"], undefined]);
  });

  it("takes what has a part in it as test, where the table has no splits", async () => {
    const root = await table("path,label,is_gallery,is_query\na.png,happy,,\nb.png,sad,,\nc.png,happy,FALSE,TRUE\nd.png,sad,1,0\n");
    const { train, test, classes } = await readDataset(root);
    expect([train.ids, test.ids, test.roles, classes]).toEqual([
      ["a.png", "b.png"],
      ["c.png", "d.png"],
      ["query", "gallery"],
      ["happiness", "sadness"],
    ]);
  });

  it("has a face for each box, several in one picture, and the whole picture where the box is empty", async () => {
    const root = temporaryFolder();
    const pixels = Uint8Array.from({ length: 96 * 48 }, (_, i) => (i % 96 < 48 ? 50 : 200));
    await sharp(pixels, { raw: { width: 96, height: 48, channels: 1 } })
      .png()
      .toFile(join(root, "two.png"));
    for (const name of ["a.png", "b.png"]) await writeFace(join(root, name), 3);
    const columns = "label,path,split,is_query,is_gallery,x_1,x_2,y_1,y_2\n";
    const rows =
      "1,two.png,validation,1,0,0,48,0,48\n1,two.png,validation,0,1,48,96,0,48\n2,a.png,validation,1,1,,,,\n2,b.png,validation,0,1,nan,nan,None,\n";
    writeText(join(root, "faces.csv"), columns + rows);
    const { validation } = await readLabelledTable(root);
    expect(validation.ids).toEqual(["two.png", "two.png 48,0,96,48", "a.png", "b.png"]);
    const cut = new Uint8Array(3 * 48 * 48);
    validation.images.gather([0, 1, 2], cut);
    expect([...new Set(cut.subarray(0, 2304))]).toEqual([50]);
    expect([...new Set(cut.subarray(2304, 4608))]).toEqual([200]);
    writeText(join(root, "faces.csv"), `${columns}${rows}1,two.png,validation,0,1,0,48,0,48\n`);
    await expect(readLabelledTable(root)).rejects.toThrow("faces.csv row 4: two.png 0,0,48,48 stands in row 0 already.");
  });

  it("refuses values that are no booleans, rows that have no part, and boxes that are none", async () => {
    const box = "label,path,split,is_query,is_gallery,x_1,x_2,y_1,y_2\n1,a.png,validation,True,True,";
    const cases = [
      [
        `${head}1,a.png,validation,maybe,False\n`,
        'faces.csv row 0: expected is_query to be True or False (1 or 0), or empty in a row of training, but got "maybe".',
      ],
      [
        `${head}1,a.png,validation,True,2\n`,
        'faces.csv row 0: expected is_gallery to be True or False (1 or 0), or empty in a row of training, but got "2".',
      ],
      [
        `${head}1,a.png,validation,,True\n`,
        "faces.csv row 0: expected is_query and is_gallery to be True or False, but is_query is empty.",
      ],
      [
        `${head}1,a.png,validation,False,False\n`,
        "faces.csv row 0: expected a query, a face of the gallery, or both, but is_query and is_gallery are False.",
      ],
      [`${head}1,a.png,train,True,\n`, "faces.csv row 0: expected is_query and is_gallery to be empty in a row of training, but got True."],
      [
        `${box}9,3,0,4\n`,
        "faces.csv row 0: expected a box in pixels from 0, with x_1 below x_2 and y_1 below y_2, or four empty fields, but got x_1 9, x_2 3, y_1 0, y_2 4.",
      ],
      [`${box}1,3,,4\n`, "but got x_1 1, x_2 3, y_1 empty, y_2 4."],
      [`${box}1,3,-2,4\n`, "but got x_1 1, x_2 3, y_1 -2, y_2 4."],
      [`${box}1,3,up,4\n`, "but got x_1 1, x_2 3, y_1 up, y_2 4."],
    ] as const;
    for (const [text, message] of cases) await expect(readDataset(await table(text))).rejects.toThrow(message);
  });

  it("refuses a table without queries or without a gallery, but not one of training alone", async () => {
    const at = async (rows: string) => readDataset(await table(head + training + rows));
    await expect(at("1,c.png,validation,False,True\n")).rejects.toThrow(
      "faces.csv: expected at least one query (is_query is True), but there is none.",
    );
    await expect(at("1,c.png,validation,True,False\n")).rejects.toThrow(
      "faces.csv: expected at least one face of the gallery (is_gallery is True), but there is none.",
    );
    expect((await at("")).train.ids).toEqual(["a.png", "b.png"]);
  });

  it("refuses one of two columns, and some of four", async () => {
    const root = await table("label,path,is_query\n1,a.png,True\n");
    await expect(readDataset(root)).rejects.toThrow(
      `labelled table at ${join(root, "faces.csv")}: expected the columns is_query and is_gallery, but got is_query without is_gallery.`,
    );
    const boxes = await table("label,path,is_query,is_gallery,x_1,y_1\n1,a.png,True,True,0,0\n");
    await expect(readDataset(boxes)).rejects.toThrow("expected all of the columns x_1, x_2, y_1 and y_2, but got no x_2 and y_2.");
  });
});
