import { describe, expect, it } from "vitest";
import { asking, refusalOf } from "../fixtures/asking.ts";
import { memoryShelf } from "../fixtures/memory-shelf.ts";
import { album } from "../schemas/album.ts";
import { audit } from "../schemas/audit.ts";
import { best } from "../schemas/best.ts";
import { copied } from "../schemas/exports.ts";
import { lookedPicture } from "../schemas/faces.ts";
import { groups } from "../schemas/groups.ts";
import { hits } from "../schemas/search.ts";
import { learned, taughtNames } from "../schemas/taught.ts";

describe("a search", () => {
  it("by words says how well each face fits", async () => {
    const found = await asking(memoryShelf()).answer(hits, "POST", "/search", { words: "happy", k: 4, except: [1] });
    expect(found.hits).toHaveLength(4);
    expect(
      found.hits
        .slice(0, 3)
        .map(({ face }) => face)
        .sort(),
    ).toEqual([2, 3, 6]);
    expect(found.hits[0]).toMatchObject({ looks: "happy-looking", verdict: "named" });
    expect(found.hits[0]?.fit).toBeGreaterThan(0.9);
    expect(found.hits[0]).not.toHaveProperty("alike");
  });

  it("by a face finds others, and says how alike they are in words too", async () => {
    const found = await asking(memoryShelf()).answer(hits, "POST", "/search", { face: 1, k: 8 });
    expect(found.searched).toBe(8);
    expect(found.hits.map(({ face }) => face)).not.toContain(1);
    expect(
      found.hits
        .slice(0, 3)
        .map(({ face }) => face)
        .sort(),
    ).toEqual([2, 3, 6]);
    expect(found.hits[0]?.alike).toMatch(/alike$/);
    const likeness = found.hits.map((hit) => hit.likeness as number);
    expect(likeness).toEqual([...likeness].sort((a, b) => b - a));
    expect(found.hits.at(-1)?.alike).toBe("not alike");
  });

  it("by an embedding finds the face that it is of", async () => {
    const shelf = memoryShelf();
    const embedding = Array.from((await shelf.faces()).embeddings.row(4));
    const [first] = (await asking(shelf).answer(hits, "POST", "/search", { embedding, k: 1 })).hits;
    expect(first).toMatchObject({ face: 5, distance: 0, likeness: 1, alike: "very alike" });
  });

  it("goes where faces were liked and away from where they were not, and shows none of them again", async () => {
    const { answer } = asking(memoryShelf());
    const order = async (asked: object) => (await answer(hits, "POST", "/search", { k: 9, ...asked })).hits.map(({ face }) => face);
    const plain = await order({ words: "neutral" });
    expect(plain[0]).toBe(9);
    const more = await order({ words: "neutral", like: [4], unlike: [1] });
    expect(more.filter((face) => face === 4 || face === 1)).toEqual([]);
    expect(more.indexOf(5)).toBeLessThan(more.indexOf(2));
    expect((await order({ like: [1, 2] })).slice(0, 2).sort()).toEqual([3, 6]);
  });

  it("is filtered, also where the face it is by is not among the filtered", async () => {
    const { answer } = asking(memoryShelf());
    const filter = { folder: "sadness", people: { most: 1 } };
    const found = await answer(hits, "POST", "/search", { face: 1, filter });
    expect(found.hits.map(({ face }) => face).sort()).toEqual([5, 6, 7]);
    expect(found.hits[0]?.face).toBe(6);
    expect(found.hits.find(({ face }) => face === 7)?.looks).toBe("turned");
  });

  it("is refused where it asks for nothing, for too much, or for what is not there", async () => {
    const { refusal } = asking(memoryShelf());
    const wrong = async (asked: unknown) => refusal("POST", "/search", asked);
    expect(await wrong({})).toEqual([400, "search: expected words, a face, an embedding or faces to be like, but got none of them."]);
    expect(await wrong({ unlike: [1] })).toEqual([
      400,
      "search: expected words, a face, an embedding or faces to be like, but got only faces to be less like.",
    ]);
    expect(await wrong({ words: "happy", face: 1 })).toEqual([400, "search: expected one of words, face and embedding, but got several."]);
    expect(await wrong({ face: 77 })).toEqual([404, "faces: expected the id of a face, but 77 is none."]);
    expect(await wrong({ like: [1, 77] })).toEqual([404, "faces: expected the id of a face, but 77 is none."]);
    expect(await wrong({ embedding: [1, 2] })).toEqual([400, "search: expected an embedding of 6 numbers, but got 2."]);
    expect(await wrong({ words: "hapy" })).toEqual([400, 'search: unknown word "hapy"; did you mean "happy"?']);
    expect(await wrong({ words: "happy", k: 0 })).toEqual([400, "search: expected k to be a whole number from 1 to 1000, but got 0."]);
    expect(await wrong({ words: "happy", K: 3 })).toEqual([400, 'search: unknown option "K"; did you mean "k"?']);
    expect(await wrong({ face: "1" })).toEqual([400, 'search: expected face to be the id of a face, but got "1".']);
    expect(await wrong({ words: "x", filter: { peple: {} } })).toEqual([400, 'search: unknown option "peple"; did you mean "people"?']);
    expect(await wrong([1])).toEqual([400, "search: expected the request to be an object of options, but got [1]."]);
    expect(await wrong({ words: "x", filter: { people: { least: 1.5 } } })).toEqual([
      400,
      "search: expected filter.people.least to be a whole number from 0 to 1000, but got 1.5.",
    ]);
  });
});

describe("questions", () => {
  it("about groups, split by number or by similarity", async () => {
    const { answer, refusal } = asking(memoryShelf());
    const three = await answer(groups, "POST", "/groups", { k: 3, seed: 1 });
    expect([three.method, three.faces]).toEqual(["given number", 9]);
    const like = await answer(groups, "POST", "/groups", { similarity: 0.6, filter: { folder: "happiness" } });
    expect(like.groups[0]).toMatchObject({ name: "happy-looking", size: 3 });
    expect(await refusal("POST", "/groups", { k: 2, similarity: 0.3 })).toEqual([
      400,
      "cluster: expected a number of groups or a similarity, but got both.",
    ]);
    expect(await refusal("POST", "/groups", { similarity: 2 })).toEqual([
      400,
      "groups: expected similarity to be a number from 0 to 1, but got 2.",
    ]);
  });

  it("about an album, with photos that are pinned and others that are left out", async () => {
    const { answer, refusal } = asking(memoryShelf());
    const plain = await answer(album, "POST", "/album", { size: 3 });
    expect(plain.pictures).toHaveLength(3);
    const chosen = await answer(album, "POST", "/album", { size: 3, keep: [104], exclude: [101, 102] });
    const ids = chosen.pictures.map(({ photo }) => photo);
    expect(ids).toContain(104);
    expect(chosen.pictures.flatMap(({ standsFor }) => standsFor.ids)).not.toContain(101);
    expect(chosen.of.photos).toBe(7);
    expect((await refusal("POST", "/album", { keep: [5] }))[0]).toBe(404);
    expect((await refusal("POST", "/album", { weights: { expression: 1 } }))[1]).toBe(
      "album: expected weights.people to be a number from 0 to 1, but got nothing.",
    );
  });

  it("about the best shots of each moment", async () => {
    const { answer, refusal } = asking(memoryShelf());
    const { bursts, expression } = await answer(best, "POST", "/best", {});
    expect(expression).toBe("happiness");
    expect(bursts[0]?.shots.map(({ photo }) => photo)).toEqual([101, 102]);
    expect((await refusal("POST", "/best", { expression: "sadnes" }))[1]).toBe(
      'best: expected expression to be an expression of the model, but got "sadnes"; did you mean "sadness"?',
    );
  });

  it("about labels that are in doubt, the worst first", async () => {
    const { answer } = asking(memoryShelf());
    const { doubtful } = await answer(audit, "POST", "/audit", { threshold: 0.5 });
    expect(doubtful[0]).toMatchObject({ face: 6, given: "sadness", suggested: "happiness" });
  });

  it("about a picture that is not in the library, whose embedding a search takes", async () => {
    const { api, answer, ask } = asking(memoryShelf());
    const look = (body: string, type: string) =>
      api(new Request("http://localhost/api/look", { method: "POST", body, headers: { "Content-Type": type } }));
    const picture = lookedPicture.parse(await (await look("face", "image/jpeg")).json());
    expect(picture.faces[0]).toMatchObject({ verdict: "named", looks: "happy-looking" });
    const found = await answer(hits, "POST", "/search", { embedding: picture.faces[0]?.embedding, k: 1 });
    expect(found.hits[0]).toMatchObject({ face: 1, distance: 0 });
    const none = lookedPicture.parse(await (await look("landscape", "application/octet-stream")).json());
    expect([none.faces, none.remark]).toEqual([[], "its file is cut short"]);
    expect(await refusalOf(await look("", "image/png"))).toEqual([400, "look: expected the bytes of a picture, but got none."]);
    expect((await look("<svg>", "text/html")).status).toBe(415);
    expect((await ask("POST", "/look", {})).status).toBe(415);
  });
});

describe("taught classes and models", () => {
  it("are taught by a few faces, listed and forgotten", async () => {
    const { answer, ask, refusal } = asking(memoryShelf());
    const lesson = await answer(learned, "POST", "/taught", { name: "bored", faces: [8] });
    expect(lesson).toMatchObject({ name: "bored", examples: 1 });
    expect(lesson).not.toHaveProperty("taught");
    expect((await answer(taughtNames, "GET", "/taught")).names).toEqual(["smirk"]);
    expect((await ask("DELETE", "/taught/smirk")).status).toBe(204);
    expect((await refusal("DELETE", "/taught/frown"))[0]).toBe(404);
    expect((await refusal("POST", "/taught", { name: "bored", faces: [] }))[1]).toBe(
      "taught: expected faces to be 1 to 1000 ids of faces, but got [].",
    );
  });

  it("that were adapted are kept and dropped", async () => {
    const shelf = memoryShelf();
    const { ask, refusal } = asking(shelf);
    const { id } = await shelf.jobs.start({ kind: "adapt" });
    expect((await ask("PUT", "/adapted", { job: id })).status).toBe(204);
    expect((await refusal("PUT", "/adapted", { job: 99 }))[0]).toBe(404);
    expect((await ask("DELETE", "/adapted")).status).toBe(204);
  });
});

describe("exports", () => {
  it("of an album are a list, JSON or a page, and always a file to save", async () => {
    const { ask } = asking(memoryShelf());
    const csv = await ask("POST", "/exports/album", { format: "csv", size: 2, keep: [101] });
    expect(csv.headers.get("content-disposition")).toBe('attachment; filename="album.csv"');
    const lines = (await csv.text()).trim().split("\n");
    expect([lines[0], lines.length]).toEqual(["rank,path,taken,stands_for,why", 3]);
    const json = await ask("POST", "/exports/album", { format: "json", size: 2 });
    expect(album.parse(await json.json()).pictures).toHaveLength(2);
    const page = await ask("POST", "/exports/album", { format: "html", size: 2 });
    expect(page.headers.get("content-disposition")).toMatch(/^attachment/);
    expect(await page.text()).toBe("<p>2 pictures</p>");
  });

  it("of doubtful labels are a list of corrections", async () => {
    const text = await (await asking(memoryShelf()).ask("POST", "/exports/corrections", { threshold: 0.5 })).text();
    expect(text.split("\n").slice(0, 2).join("\n")).toMatch(/^path,label,given,doubt,looks\nsadness\/e.jpg,happiness,sadness,/);
  });

  it("of labels that a person decided are as that person said, and without those that were kept", async () => {
    const { ask } = asking(memoryShelf());
    const lines = async (decided: boolean) => {
      const text = await (await ask("POST", "/exports/corrections", { threshold: 0.5, decided })).text();
      return text.trimEnd().split("\n").slice(1);
    };
    expect(await lines(true)).toEqual([]);
    const all = await lines(false);
    await ask("POST", "/corrections", { kind: "label", face: 6, label: "surprise" });
    expect(await lines(true)).toEqual([expect.stringMatching(/^sadness\/e.jpg,surprise,sadness,1.000,surprise$/)]);
    expect(await lines(false)).toHaveLength(all.length);
    await ask("POST", "/corrections", { kind: "label", face: 6, label: "sadness" });
    expect(await lines(true)).toEqual([]);
    expect(await lines(false)).toHaveLength(all.length - 1);
  });

  it("copy photos that are there to a folder", async () => {
    const { answer, refusal } = asking(memoryShelf());
    expect(await answer(copied, "POST", "/exports/copy", { photos: [101, 103], to: "best" })).toEqual({ folder: "best", written: 2 });
    expect((await refusal("POST", "/exports/copy", { photos: [1], to: "best" }))[0]).toBe(404);
  });
});
