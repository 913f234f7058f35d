import { describe, expect, it } from "vitest";
import { facesOf } from "../data/faces.ts";
import { mapCsv } from "./map-csv.ts";
import { mapSvg } from "./map-svg.ts";

const faces = facesOf({
  revision: 1,
  expressions: ["neutral", "=cmd|'/c calc'"],
  verdicts: ["named", "corrected"],
  columns: {
    id: [5, 6, 7],
    photo: [1, 2, 2],
    expression: [0, 1, 0],
    probability: [0.9123456, 1, 0.5],
    verdict: [0, 1, 0],
    subclass: [3, -1, 0],
    corrected: [0, 1, 0],
    together: [0, 0, 0],
  },
});
const positions = Float32Array.of(1.5, -2, 0, 0.123456, 9, 9);

describe("the map as a table", () => {
  it("lists the faces asked for; what a spreadsheet would run is text", () => {
    const paths = new Map([
      [1, "+1,2.jpg"],
      [2, 'a "b".jpg'],
    ]);
    expect(mapCsv({ faces, positions, listed: Uint8Array.of(1, 1, 0), paths })).toBe(
      "face,photo,path,x,y,expression,probability,verdict,subclass,corrected\n" +
        `5,1,"'+1,2.jpg",1.5,-2,neutral,0.9123,named,3,0\n` +
        `6,2,"a ""b"".jpg",0,0.1235,'=cmd|'/c calc',1,corrected,,1\n`,
    );
  });
});

describe("the map as a drawing", () => {
  it("has a path for each line of the legend, ellipses, and no markup but its own", () => {
    const ellipse = { x: 0, y: 0, long: 4, short: 2, angle: Math.PI / 2, rows: 3 };
    const svg = mapSvg({
      title: `</title><script>alert("1")</script>`,
      view: { x: 0, y: 0, scale: 10 },
      size: { width: 100, height: 100 },
      positions,
      groups: Uint8Array.of(0, 1, 0),
      lines: [
        { name: "<b>neutral</b>", color: "#aab0ba", shape: "circle", ellipse },
        { name: "other", color: "#dfa700", shape: "square" },
      ],
      radius: 2,
      ground: "#ffffff",
      ink: "#1b2430",
    });
    expect(svg).not.toMatch(/<script|<b>/);
    expect(svg).toContain("&lt;b&gt;neutral&lt;/b&gt;");
    expect(svg).toContain('<path fill="#aab0ba" d="M63,70a2,2 0 1 0 4,0a2,2 0 1 0 -4,0Z"/>'); // the third face lies outside
    expect(svg).toContain('<ellipse cx="50" cy="50" rx="40" ry="20" transform="rotate(-90 50 50)"');
  });
});
