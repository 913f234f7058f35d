import { describe, expect, it } from "vitest";
import { agreementOf, type Choice, type Voted, votersOf, votesIn, withVote } from "./votes.ts";
import { votesCsv } from "./votes-csv.ts";

const face = (id: number, path = `a/${id}.jpg`, x = 10.4): Voted => ({ face: id, version: `v${id}`, path, box: [x, 20, 30, 40] });
const none = { faces: [] };
const all = (...given: readonly [Voted, string, Choice][]) =>
  given.reduce((votes, [of, voter, choice]) => withVote(votes, of, { voter, choice }), votesIn(none));

describe("votes", () => {
  it("stand once per voter and face, and can be taken back", () => {
    const votes = all([face(1), "Anna", "fear"], [face(1), "Ben", "anger"], [face(1), "Anna", "NF"]);
    expect(votes.faces[0]?.votes).toEqual([
      { voter: "Ben", choice: "anger" },
      { voter: "Anna", choice: "NF" },
    ]);
    const without = withVote(votes, face(1), { voter: "Ben", choice: undefined });
    expect(without.faces[0]?.votes).toEqual([{ voter: "Anna", choice: "NF" }]);
    expect(withVote(without, face(1), { voter: "Anna", choice: undefined })).toEqual(none);
  });

  it("go to the face of the same photo and box, whatever its number is now", () => {
    const votes = withVote(all([face(1), "Anna", "fear"]), { ...face(1), face: 77, path: "moved.jpg" }, { voter: "Ben", choice: "fear" });
    expect(votes.faces).toHaveLength(1);
    expect(votes.faces[0]).toMatchObject({ face: 77, path: "moved.jpg" });
    expect(all([face(1), "Anna", "fear"], [face(1, "a/1.jpg", 99), "Anna", "anger"]).faces).toHaveLength(2);
  });

  it("are counted per voter, and agree as far as pairs of them are the same", () => {
    const votes = all(
      [face(1), "A", "fear"],
      [face(1), "B", "fear"],
      [face(1), "C", "anger"],
      [face(2), "A", "NF"],
      [face(2), "__proto__", "NF"],
      [face(3), "A", "fear"],
    );
    expect(votersOf(votes)).toEqual([
      { voter: "A", votes: 3 },
      { voter: "B", votes: 1 },
      { voter: "C", votes: 1 },
      { voter: "__proto__", votes: 1 },
    ]);
    expect(agreementOf(votes)).toEqual({ faces: 2, share: 2 / 4 });
    expect(agreementOf(none)).toEqual({ faces: 0 });
  });

  it("are taken from a document only where they are votes", () => {
    const { faces } = all([face(1), "Anna", "fear"]);
    const wrong = [null, 3, {}, { ...faces[0], box: [1, 2, 3] }, { ...faces[0], votes: [{ voter: "x", choice: "joy" }] }];
    expect(votesIn({ faces: [...wrong, ...faces] })).toEqual({ faces });
    expect(votesIn(null)).toEqual(none);
    expect(votesIn({ faces: 3 })).toEqual(none);
  });

  it("are written in FER+'s layout: a box where a photo has several faces, and no formula", () => {
    const votes = all([face(1, "=a,1.jpg"), "Anna", "neutral"], [face(2), "Anna", "unknown"], [face(2), "Ben", "NF"]);
    expect(votesCsv(votes, (version) => version === "v1")).toBe(
      "Usage,Image name,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF\r\n" +
        'Training,"\'=a,1.jpg",1,0,0,0,0,0,0,0,0,0\r\n' +
        'Training,"a/2.jpg#xywh=10,20,30,40",0,0,0,0,0,0,0,0,1,1\r\n',
    );
  });
});
