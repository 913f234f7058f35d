import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, describe, expect, it } from "vitest";
import { advanceOf, figure, text } from "./figure.ts";
import { narrowed } from "./fonts.ts";
import { wordsAsStrokes } from "./stroke-font.ts";
import { glyphs } from "./stroke-glyphs.ts";
import { writePicture } from "./write-picture.ts";

const folder = mkdtempSync(join(tmpdir(), "semblant-pictures-"));
afterAll(() => rmSync(folder, { recursive: true }));
const picture = figure({ width: 252, height: 36, description: "words" }, [text(10, 20, "Recall@K"), text(100, 20, "illii")]);

describe("a picture's file", () => {
  it("is the SVG itself, or a PNG of 300 pixels to the printed inch that says so", async () => {
    await writePicture(join(folder, "a.svg"), picture);
    expect(readFileSync(join(folder, "a.svg"), "utf8")).toBe(picture);
    await writePicture(join(folder, "deep/a.png"), picture);
    expect(await sharp(join(folder, "deep/a.png")).metadata()).toMatchObject({ width: 1050, height: 150, density: 300, hasAlpha: false });
    await writePicture(join(folder, "b.png"), picture, { scale: 2 });
    expect(await sharp(join(folder, "b.png")).metadata()).toMatchObject({ width: 2100, height: 300, density: 600 });
  });

  it("is written whole or not at all", async () => {
    writeFileSync(join(folder, "c.png"), "old");
    await expect(writePicture(join(folder, "c.png"), "<svg ")).rejects.toThrow();
    expect(readFileSync(join(folder, "c.png"), "utf8")).toBe("old");
    expect(readdirSync(folder).filter((name) => name.startsWith("."))).toEqual([]);
  });

  it("is refused under another ending, and at a scale that makes none", async () => {
    await expect(writePicture(join(folder, "a.gif"), picture)).rejects.toThrow(
      /^writePicture: expected the file to end in \.svg or \.png, but got ".*a\.gif"\.$/,
    );
    await expect(writePicture(join(folder, "d.png"), picture, { scale: 0 })).rejects.toThrow(
      "writePicture: expected scale to be above 0 and at most 8, but got 0.",
    );
    expect(existsSync(join(folder, "d.png"))).toBe(false);
  });
});

/** Writes the picture in a process that finds fonts in one folder only; what it says of their width. */
function render(file: string, fonts: string): string {
  writeFileSync(
    join(folder, "fonts.conf"),
    `<?xml version="1.0"?><fontconfig><dir>${fonts}</dir><cachedir>${folder}/cache</cachedir></fontconfig>`,
  );
  writeFileSync(join(folder, "words.svg"), picture);
  const module = (name: string) => JSON.stringify(join(import.meta.dirname, name));
  const script = `const { writePicture } = await import(${module("write-picture.ts")});
    const { widthOfFonts } = await import(${module("fonts.ts")});
    const { readFileSync } = await import("node:fs");
    await writePicture(${JSON.stringify(file)}, readFileSync("words.svg", "utf8"));
    console.log(String(await widthOfFonts()));`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["--conditions=semblant-source", "--no-warnings", "--input-type=module", "--eval", script],
    { cwd: folder, encoding: "utf8", env: { ...process.env, FONTCONFIG_FILE: join(folder, "fonts.conf") } },
  );
  return stdout === "" ? stderr : stdout;
}

const dejavu = "/usr/share/fonts/truetype/dejavu";

describe("words on a machine with wide fonts only", () => {
  it("are set smaller, so that they keep the room they were given", () => {
    expect(narrowed('<svg font-size="7"><text font-size="6">a</text><text font-size="12px">b</text></svg>', 1.2)).toBe(
      '<svg font-size="5.83"><text font-size="5">a</text><text font-size="10px">b</text></svg>',
    );
  });

  it.skipIf(!existsSync(dejavu))("are measured by the renderer itself: DejaVu Sans is wider than Helvetica by a seventh", async () => {
    expect(Number(render("wide.png", dejavu))).toBeCloseTo(1.14, 1);
  });
});

describe("words on a machine without fonts", () => {
  it("are drawn in strokes instead of boxes", async () => {
    expect(render("strokes.png", `${folder}/none`)).toBe("undefined\n");
    await writePicture(join(folder, "expected.png"), wordsAsStrokes(picture));
    expect(readFileSync(join(folder, "strokes.png")).equals(readFileSync(join(folder, "expected.png")))).toBe(true);
  });

  it("have a letter for every printable character of ASCII, within its width", () => {
    for (let code = 32; code < 127; code++) {
      const letter = String.fromCodePoint(code);
      expect(glyphs, letter).toHaveProperty([letter]);
      const across = [...(glyphs[letter] as string).matchAll(/(-?\d+),/g)].map(([, x]) => Number(x));
      expect(Math.max(0, ...across), letter).toBeLessThanOrEqual(advanceOf(letter) / 10 + 1);
      expect(Math.min(0, ...across), letter).toBeGreaterThanOrEqual(0);
    }
  });

  it("leave nothing of the text behind, keep its turn, color and anchor, and skip accents", () => {
    const strokes = wordsAsStrokes(
      `<text x="10" y="9" text-anchor="end" transform="rotate(-90 1 2)" fill="#f00">l &amp; <tspan fill="#0f0">é</tspan></text>`,
    );
    expect(strokes).toMatch(/^<g transform="rotate\(-90 1 2\)">(<path [^>]*stroke="#f00"[^>]*\/>)(<path [^>]*stroke="#0f0"[^>]*\/>)<\/g>$/);
    expect(wordsAsStrokes("<text>é</text>")).toBe(wordsAsStrokes("<text>e</text>"));
    expect(wordsAsStrokes("<text>漢</text>")).toContain("L");
  });
});
