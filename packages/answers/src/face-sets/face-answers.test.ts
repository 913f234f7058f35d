import { describe, expect, it } from "vitest";
import { classifyFaces } from "../questions/classify.ts";
import { madeSet } from "../questions/fixtures/face-set.ts";

describe("a face that is turned and could not be righted", () => {
  const set = madeSet([{ path: "a.jpg", faces: [{ look: "happiness" }, { look: "happiness" }] }]);
  const turned = { ...set, faces: set.faces.map((face, i) => (i === 0 ? { ...face, turned: true as const } : face)) };

  it("has no name, whatever it looks like from that side, unless a person gave it one", () => {
    expect(classifyFaces(set).faces.map(({ verdict }) => verdict)).toEqual(["named", "named"]);
    expect(classifyFaces(turned).faces.map(({ verdict }) => verdict)).toEqual(["turned", "named"]);
    const said = { ...turned, faces: turned.faces.map((face) => ({ ...face, label: "sadness" })) };
    expect(classifyFaces(said).faces.map(({ verdict }) => verdict)).toEqual(["corrected", "corrected"]);
  });
});
