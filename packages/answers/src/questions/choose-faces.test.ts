import { describe, expect, it } from "vitest";
import { chooseFaces, type FaceChoice } from "./choose-faces.ts";
import { madeSet } from "./fixtures/face-set.ts";

const day = (second: number) => 1_700_000_000_000 + 1000 * second;

describe("chooseFaces", () => {
  const set = madeSet([
    {
      path: "2024/may/a.jpg",
      second: 0,
      faces: [
        { look: "happiness", side: 40 },
        { look: "sadness", side: 90 },
      ],
    },
    { path: "2024/b.jpg", second: 100, faces: [{ look: "happiness", quality: { sharpness: 0.2, yaw: -50 } }] },
    { path: "2023/c.jpg", faces: [{ look: "sadness", label: "amused" }] },
    { path: "2024/empty.jpg", second: 200, faces: [] },
  ]);
  const idsOf = (choice: FaceChoice) => chooseFaces(set, choice).faces.map(({ id }) => id);
  const photosOf = (choice: FaceChoice) => [...chooseFaces(set, choice).photos.keys()];

  it.each([
    [{}, [1, 2, 3, 4]],
    [{ folder: "2024" }, [1, 2, 3]],
    [{ folder: "./2024/may/" }, [1, 2]],
    [{ folder: "202" }, []],
    [{ folder: "." }, [1, 2, 3, 4]],
    [{ since: day(50) }, [3]],
    [{ until: day(100) }, [1, 2]],
    [{ since: "2023", until: "2023-11-15" }, [1, 2, 3]],
    [{ expression: "happiness" }, [1, 3]],
    [{ expression: "amused" }, [4]],
    [{ expression: "sadness" }, [2]],
    [{ side: 60 }, [2, 3, 4]],
    [{ sharpness: 0.5 }, [1, 2, 4]],
    [{ turn: 30 }, [1, 2, 4]],
    [{ score: 0.96 }, []],
    [{ people: { least: 2 } }, [1, 2]],
    [{ people: { most: 1 } }, [3, 4]],
    [{ without: [101, 103] }, [3]],
    [{ folder: "2024", expression: "happiness", people: { most: 1 } }, [3]],
  ] as const)("lets through %j", (choice, ids) => {
    expect(idsOf(choice)).toEqual(ids);
  });

  it("takes embeddings and photos along; photos without a face stay only where nothing of a face is asked", () => {
    const some = chooseFaces(set, { expression: "happiness" });
    expect(some.embeddings.values).toEqual(set.embeddings.take([0, 2]).values);
    expect(photosOf({ expression: "happiness" })).toEqual([101, 102]);
    expect(photosOf({ folder: "2024" })).toEqual([101, 102, 104]);
    expect(photosOf({ without: [104, 101] })).toEqual([102, 103]);
    expect(chooseFaces(set, { hidden: true })).toBe(set);
  });

  it("refuses names and values that are none", () => {
    const refused = (choice: object) => () => chooseFaces(set, choice);
    expect(refused({ sise: 3 })).toThrow('filter: unknown option "sise"; did you mean "side"?');
    expect(refused({ expression: "happines" })).toThrow('filter: unknown expression "happines"; did you mean "happiness"?');
    expect(refused({ side: Number.NaN })).toThrow("filter: expected side to be a number, but got NaN.");
    expect(refused({ since: "May" })).toThrow(
      'filter: expected since to be a day such as 2024-05-01, or milliseconds since 1970, but got "May".',
    );
  });
});
