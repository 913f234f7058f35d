import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateFaces } from "@semblant/datasets";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyFolder } from "../../../photos/src/library/fixtures/photos.ts";
import { runProgram } from "../program.ts";

const models = new URL("../../../faces/models/face-mesh.onnx", import.meta.url);

/** What a command says and how it ends. */
async function said(...args: string[]): Promise<{ status: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const stdout = { write: (text: string) => out.push(text) };
  const stderr = { write: (text: string) => err.push(text) };
  const status = await runProgram(args, { stdout, stderr, env: { NO_COLOR: "1" } });
  return { status, out: out.join(""), err: err.join("") };
}

describe("index, search and library, where there is nothing", () => {
  let folder = "";
  beforeAll(() => {
    folder = emptyFolder();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("say so, and how to begin", async () => {
    expect(await said("search", "happy", "--in", folder)).toEqual({
      status: 2,
      out: "",
      err: `OptionError: search: expected a library in ${folder} or above it, but there is none.\n  Make one with: semblant index FOLDER\n`,
    });
    expect((await said("library", "check", folder)).err).toContain(`library check: expected a library in ${folder} or above it`);
    expect((await said("library", "repair", folder)).err).toContain(
      `library repair: expected a library at ${folder}/.semblant/library.sqlite, but there is none.`,
    );
    expect(await said("index", join(folder, "none"))).toMatchObject({
      status: 1,
      err: expect.stringContaining("expected a folder of photos, but there is no"),
    });
  });

  it("read no photo and make no library: what asks a library of its faces needs one that is there", async () => {
    const photos = emptyFolder();
    writeFileSync(join(photos, "photo.jpg"), "would be read by an index");
    const missing = join(photos, "none.sqlite");
    const asked = {
      teach: ["smirk", "#12", "#40"],
      "teach --forget": ["smirk"],
      search: ["happy"],
      "library correct": ["--hide", "photo.jpg"],
      "library forget": [join(photos, "photo.jpg")],
      "library check": [],
      "library export": ["--out", join(photos, "faces.csv")],
    };
    for (const [name, args] of Object.entries(asked)) {
      const command = name.replace(" --forget", "");
      const inside = /^library (check|correct|export)/.test(name) ? [photos] : name === "library forget" ? [] : ["--in", photos];
      const given = [...name.split(" "), ...args];
      expect({ name, ...(await said(...given, ...inside)) }).toEqual({
        name,
        status: 2,
        out: "",
        err: `OptionError: ${command}: expected a library in ${photos} or above it, but there is none.\n  Make one with: semblant index FOLDER\n`,
      });
      expect({ name, ...(await said(...given, ...inside, "--library", missing)) }).toEqual({
        name,
        status: 2,
        out: "",
        err: `OptionError: ${command}: expected a library at ${missing}, but there is none.\n  Make one with: semblant index FOLDER --library ${missing}\n`,
      });
    }
    expect(readdirSync(photos)).toEqual(["photo.jpg"]);
    rmSync(photos, { recursive: true });
  });

  it("refuse names of files that they cannot write, before any work", async () => {
    expect((await said("search", "happy", "--sheet", "a.pdf")).err).toContain('search: expected --sheet to end in .html, but got "a.pdf".');
    expect((await said("library", "export", "--out", "a.xls")).err).toContain("library export: expected --out to end in");
  });

  it("index an empty folder without complaint", async () => {
    expect(await said("index", folder)).toMatchObject({ status: 0, out: expect.stringMatching(/: 0 photos with 0 faces in 0 s\n$/) });
  });
});

// Where the models were not built (node packages/faces/build-models.mjs), nothing can be read.
describe.skipIf(!existsSync(models))("index, search and library, on photos of ours with the reader that ships", () => {
  let folder = "";
  const at = (path: string) => join(folder, path);

  beforeAll(async () => {
    folder = emptyFolder();
    const faces = generateFaces({ count: 60, difficulty: 0.3 }).train.images;
    const photo = async (rows: readonly number[]) => {
      const placed = await Promise.all(
        rows.map(async (row, i) => {
          const pixels = new Uint8Array(faces.width * faces.height);
          faces.gather([row], pixels);
          const raw = { width: faces.width, height: faces.height, channels: 1 as const };
          const input = await sharp(pixels, { raw }).resize(200, 200, { kernel: "cubic" }).toColourspace("srgb").png().toBuffer();
          return { input, left: 60 + 300 * i, top: 60 };
        }),
      );
      return sharp({ create: { width: 60 + 300 * rows.length, height: 320, channels: 3, background: "#8a9ba8" } }).composite(placed);
    };
    mkdirSync(at("trip"));
    await (await photo([0])).jpeg().toFile(at("one.jpg"));
    await (await photo([1, 2])).webp().toFile(at("trip/two.webp"));
    const png = await (await photo([3])).png().toBuffer();
    writeFileSync(at("png-in-truth.jpg"), png);
    await sharp(png).toColourspace("cmyk").jpeg().toFile(at("cmyk.jpg"));
    await sharp(png).toColourspace("rgb16").png().toFile(at("sixteen-bit.png"));
    await sharp({ create: { width: 300, height: 200, channels: 3, background: "#335" } })
      .jpeg()
      .toFile(at("nobody.jpg"));
    writeFileSync(at("zero.jpg"), "");
    writeFileSync(at("truncated.jpg"), readFileSync(at("one.jpg")).subarray(0, 2000));
    writeFileSync(at("words.jpg"), "not a photo at all");
    await sharp({ create: { width: 16_000, height: 16_000, channels: 3, background: "#fff" } })
      .png()
      .toFile(at("huge.png"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("give each broken file a line and a status of 1, and the others their faces; the second time nothing is left to do", async () => {
    const { status, out } = await said("index", folder, "--json");
    const summary = JSON.parse(out);
    expect(status).toBe(1);
    expect(summary.errors.map(({ path }: { path: string }) => path)).toEqual(["huge.png", "truncated.jpg", "words.jpg", "zero.jpg"]);
    expect(summary.errors.every(({ reason }: { reason: string }) => reason.length < 80)).toBe(true);
    expect(summary).toMatchObject({ photos: 6, read: 6 });
    expect(summary.faces).toBeGreaterThanOrEqual(5);
    const again = await said("index", folder);
    expect(again.status).toBe(0);
    expect(again.out).toMatch(/: 6 photos with \d+ faces \(6 unchanged\) in \d+ s\n\n4 not readable:\n {2}huge\.png: /);
  });

  it("find the same face in another file first, by its photo, its number, and words", async () => {
    const photo = JSON.parse((await said("search", at("cmyk.jpg"), "--in", folder, "-k", "2", "--json")).out);
    expect(photo.query).toMatchObject({ kind: "photo", path: "cmyk.jpg" });
    expect(["png-in-truth.jpg", "sixteen-bit.png"]).toContain(photo.hits[0].path);
    const number = await said("search", String(photo.query.face), "--in", folder, "-k", "2", "--approximate");
    expect(number.out).toMatch(/^2 of \d+ faces like face \d+ of cmyk\.jpg \(approximate, finds 100\.0 % of the nearest\)/);
    const sheet = at("found.html");
    const words = await said("search", "not happy, frontal", "--in", folder, "-k", "3", "--sheet", sheet);
    expect(words.out).toContain("sheet:");
    const page = readFileSync(sheet, "utf8");
    expect(page.match(/<img src="data:image\/webp/g)).toHaveLength(3);
    expect(page).toContain("holds copies of faces");
    expect(page).not.toContain("<script");
  });

  it("check, correct, export and forget", async () => {
    expect(await said("library", "check", at("trip"))).toMatchObject({ status: 0, out: expect.stringContaining("The library is whole.") });
    const face = JSON.parse((await said("search", "trip/two.webp", "--in", folder, "--json")).out).query.face as number;
    expect((await said("library", "correct", folder, "--label", `${face}=surprise`)).out).toMatch(
      new RegExp(`^1  label #${face} = surprise\n$`),
    );
    expect((await said("library", "correct", folder, "--label", "surprise")).err).toContain(
      '--label: expected a face and a name, such as 12=sadness, but got "surprise".',
    );
    const table = at("faces.csv");
    expect((await said("library", "export", folder, "--out", table)).status).toBe(0);
    expect(readFileSync(table, "utf8")).toMatch(new RegExp(`^${face},trip/two\\.webp,.*,surprise,`, "m"));
    const { status, out } = await said("library", "forget", at("trip"));
    expect(status).toBe(0);
    expect(out).toMatch(/^Forgotten: 1 photo, \d+ faces?, 1 correction of trip\n$/);
    expect(readFileSync(at(".semblant/library.sqlite")).includes("two.webp")).toBe(false);
    expect((await said("library", "repair", folder)).out).toBe("Nothing was wrong; tables and order were made anew.\n");
    expect((await said("library", "correct", folder)).out).toBe("No corrections.\n");
  });

  it("correct several labels at once, or none where one is wrong", async () => {
    const photo = (await said("search", "happy", "--in", folder, "--json")).out;
    const { face } = JSON.parse(photo).hits[0] as { face: number };
    const two = await said("library", "correct", folder, "--label", `${face}=fear`, "--label", `#${face}=surprise`);
    expect(two.out).toMatch(new RegExp(`^\\d+  label #${face} = fear\n\\d+  label #${face} = surprise\n$`));
    const joined = await said("library", "correct", folder, "--label", `${face}=fear,#${face}=surprise`);
    expect(joined.out).toMatch(new RegExp(`^\\d+  label #${face} = fear\n\\d+  label #${face} = surprise\n$`));
    const half = await said("library", "correct", folder, "--label", `${face}=anger`, "--label", "surprise");
    expect([half.status, (await said("library", "correct", folder)).out]).toEqual([2, two.out + joined.out]);
  });
});
