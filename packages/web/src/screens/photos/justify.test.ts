import { describe, expect, it } from "vitest";
import { justify, walk } from "./justify.ts";

const gallery = { width: 1000, height: 200, gap: 10, headingHeight: 50 };
const ratios = Array.from({ length: 40 }, (_, i) => [1.5, 0.66, 1.33, 0.2, 6][i % 5] as number);

describe("a gallery of pictures in lines", () => {
  it("fills each line but the last to the pixel, near the height that is wanted", () => {
    const lines = justify(ratios, [], gallery);
    for (const line of lines.slice(0, -1)) {
      if (line.kind !== "pictures") throw new Error("a heading");
      expect(line.widths.reduce((sum, width) => sum + width, 0) + 10 * (line.widths.length - 1)).toBe(1000);
      expect(line.height).toBeGreaterThan(100);
      expect(line.height).toBeLessThanOrEqual(200);
    }
  });

  it("shows every picture once, in order", () => {
    const lines = justify(
      ratios,
      [
        { from: 0, text: "May" },
        { from: 17, text: "April" },
      ],
      gallery,
    );
    const shown = lines.flatMap((line) => (line.kind === "pictures" ? line.widths.map((_, i) => line.from + i) : []));
    expect(shown).toEqual(ratios.map((_, i) => i));
    expect(lines.flatMap((line) => (line.kind === "heading" ? [[line.text, line.count]] : []))).toEqual([
      ["May", 17],
      ["April", 23],
    ]);
  });

  it("begins a line with each section, and stretches no last line", () => {
    const lines = justify([1, 1, 1], [{ from: 2, text: "b" }], { ...gallery, width: 410 });
    expect(lines).toEqual([
      { kind: "pictures", from: 0, widths: [200, 200], height: 200 },
      { kind: "heading", text: "b", height: 50, count: 1 },
      { kind: "pictures", from: 2, widths: [200], height: 200 },
    ]);
    expect(justify([], [], gallery)).toEqual([]);
  });
});

describe("arrows in a gallery", () => {
  const lines = justify(
    [1, 1, 2, 1, 1],
    [
      { from: 0, text: "a" },
      { from: 3, text: "b" },
    ],
    { ...gallery, width: 820 },
  );

  it("lead along the lines, and stop at the ends", () => {
    expect([walk(lines, 2, { along: 1 }), walk(lines, 0, { along: -1 }), walk(lines, 4, { along: 1 })]).toEqual([3, 0, 4]);
  });

  it("lead up and down to what is nearest, over headings", () => {
    expect([walk(lines, 2, { down: 1 }), walk(lines, 4, { down: -1 }), walk(lines, 0, { down: 1 })]).toEqual([4, 1, 3]);
    expect([walk(lines, 1, { down: -1 }), walk(lines, 4, { down: 3 })]).toEqual([1, 4]);
  });
});
