import { describe, expect, it } from "vitest";
import { addWords, endOf, indexed, openShelf, wordCard, wordReader } from "./fixtures/word-reader.ts";
import { memoryStore } from "./keeping/memory-store.ts";
import type { TabMessage, Tabs } from "./keeping/tabs.ts";
import { onlyTab } from "./keeping/tabs.ts";

const looksOf = async (shelf: ReturnType<typeof openShelf>) =>
  (await shelf.ask({ question: "classify" })).faces.map(({ path, expression }) => `${path} ${expression}`);

describe("the browser's shelf", () => {
  it("takes pictures, reads them once, and answers", async () => {
    const shelf = openShelf();
    await expect(shelf.faces()).rejects.toThrow("library: expected faces in this browser, but no photo was read yet.");
    const added = await addWords(shelf, {
      "may/a.jpg": "happiness",
      "may/b.jpg": "sadness anger",
      "notes.txt": "x",
      "../up/c.png": "broken",
    });
    expect(added).toMatchObject({ added: ["may/a.jpg", "may/b.jpg", "up/c.png"], already: [], refused: [{ name: "notes.txt" }] });
    expect(await addWords(shelf, { "again.jpg": "happiness" })).toMatchObject({
      added: [],
      already: [{ name: "again.jpg", path: "may/a.jpg" }],
    });
    const job = await indexed(shelf);
    expect(job).toMatchObject({ state: "done", progress: { done: 3, total: 3 }, result: { photos: 2, faces: 3, read: 2, failed: 1 } });
    expect(await looksOf(shelf)).toEqual(["may/a.jpg happiness", "may/b.jpg sadness", "may/b.jpg anger"]);
    expect((await shelf.photos()).unread).toEqual([{ path: "up/c.png", reason: "it is no picture that this browser can read" }]);
    expect((await indexed(shelf))?.result).toMatchObject({ read: 0, unchanged: 2, failed: 0 });
    expect(await shelf.about()).toMatchObject({ name: "", photos: 2, faces: 3, model: { name: "words", adapted: false } });
    expect((await shelf.faces({ expression: "anger" })).faces.map(({ id }) => id)).toEqual([3]);
    expect(await (await shelf.thumbnail({ face: 2 })).text()).toBe("small sadness anger");
    expect(await (await shelf.picture(1, 640)).text()).toBe("happiness at 640");
    await expect(shelf.picture(9, "full")).rejects.toThrow("photos: expected the id of a photo, but 9 is none.");
  });

  it("keeps what people say through a reload, another model and a copy, by bytes and boxes", async () => {
    const store = memoryStore();
    const shelf = openShelf({ store });
    await addWords(shelf, { "a.jpg": "happiness sadness", "b.jpg": "anger" });
    await indexed(shelf);
    await shelf.correct({ kind: "label", face: 2, label: "smirk" });
    const apart = await shelf.correct({ kind: "not a face", face: 3 });
    await expect(shelf.correct({ kind: "label", face: 1, label: "hapiness" })).rejects.toThrow('unknown label "hapiness"; did you mean');
    expect((await shelf.faces({ expression: "smirk" })).faces.map(({ id }) => id)).toEqual([2]);
    expect((await shelf.faces()).faces.map(({ id }) => id)).toEqual([1, 2]);
    expect(await shelf.about()).toMatchObject({ faces: 2 });

    const later = openShelf({ store, reader: wordReader(wordCard("newer")) });
    expect((await indexed(later))?.state).toBe("done"); // nothing is to be read, so nobody asks which model would
    await addWords(later, { "c.jpg": "sadness" });
    expect((await indexed(later))?.problem?.message).toBe(
      'index: expected the model that the library\'s embeddings are of, "words" (words), but got "words" (newer).',
    );
    const { id } = await later.jobs.start({ kind: "index", replaceModel: true });
    expect(await endOf(later, id)).toMatchObject({ state: "done", result: { photos: 3, faces: 4 } });
    const set = await later.faces();
    expect(set.faces.map(({ label }) => label)).toEqual([undefined, "smirk", undefined]);
    await later.withdraw(apart);
    expect((await later.faces()).faces).toHaveLength(4);
    await expect(later.withdraw(apart)).rejects.toThrow(`correct: expected the id of a correction, but ${apart} is none.`);
  });

  it("hides a photo, a folder and a person, and groups by what was said", async () => {
    const shelf = openShelf();
    await addWords(shelf, { "x/a.jpg": "happiness", "x/b.jpg": "happiness sadness", "c.jpg": "sadness" });
    await indexed(shelf);
    await shelf.correct({ kind: "together", faces: [2, 4] });
    await expect(shelf.correct({ kind: "apart", faces: [2, 4] })).rejects.toThrow("but 2 and 4 were said to be together");
    const hidden = await shelf.correct({ kind: "hide", path: "x" });
    expect((await shelf.faces()).faces.map(({ id }) => id)).toEqual([1]);
    await shelf.withdraw(hidden);
    await shelf.correct({ kind: "hide", face: 2 });
    expect((await shelf.faces()).faces.map(({ id }) => id)).toEqual([1, 3]);
    expect((await shelf.faces({ hidden: true })).faces).toHaveLength(4);
    await expect(shelf.correct({ kind: "hide", path: "y" })).rejects.toThrow(
      'correct: expected a photo or folder of the library, but got "y".',
    );
  });

  it("can be stopped, and goes on where it was", async () => {
    const store = memoryStore();
    let stop = () => {};
    const shelf = openShelf({ store, reader: wordReader(wordCard(), () => stop()) });
    await addWords(shelf, { "a.jpg": "happiness", "b.jpg": "sadness", "c.jpg": "anger" });
    const { id } = await shelf.jobs.start({ kind: "index" });
    stop = () => void shelf.jobs.stop(id);
    expect(await endOf(shelf, id)).toMatchObject({ state: "stopped", progress: { done: 1, total: 3 } });
    await expect(shelf.jobs.stop(5)).rejects.toThrow("jobs: expected the id of a job, but 5 is none.");
    expect((await indexed(openShelf({ store })))?.result).toMatchObject({ read: 2, unchanged: 1, photos: 3 });
  });

  it("writes nothing where the storage is full, and says so", async () => {
    const full = memoryStore();
    const shelf = openShelf({ store: full });
    await addWords(shelf, { "a.jpg": "happiness" });
    const { put } = full.pictures;
    Object.assign(full.pictures, { put: async () => Promise.reject(new DOMException("no room", "QuotaExceededError")) });
    await expect(addWords(shelf, { "b.jpg": "sadness" })).rejects.toThrow(
      "storage: expected room for the photos, but this browser's storage is full.\n  Remove photos here, or free disk space.",
    );
    expect([...shelf.library.rows("files").keys()]).toEqual(["a.jpg"]);
    Object.assign(full.pictures, { put });
    expect((await addWords(shelf, { "b.jpg": "sadness" })).added).toEqual(["b.jpg"]);
  });

  it("lets a photo go with what was said of it, and everything", async () => {
    const shelf = openShelf();
    await addWords(shelf, { "a.jpg": "happiness", "b.jpg": "sadness" });
    await indexed(shelf);
    expect(await shelf.storage.about()).toMatchObject({ kept: false, bytes: 16, copies: 2, elsewhere: 0 });
    await shelf.correct({ kind: "label", face: 1, label: "anger" });
    await shelf.storage.forget(1);
    expect([await shelf.corrections(), (await shelf.faces()).faces.length, (await shelf.library.store.pictures.hashes()).length]).toEqual([
      [],
      1,
      1,
    ]);
    await expect(shelf.storage.forget(1)).rejects.toThrow("photos: expected the id of a photo, but 1 is none.");
    await shelf.storage.erase();
    expect(await shelf.about()).toMatchObject({ photos: 0, faces: 0 });
    expect(await shelf.library.store.pictures.hashes()).toEqual([]);
  });

  it("adapts, teaches and forgets", async () => {
    const shelf = openShelf();
    const files = Object.fromEntries(
      Array.from({ length: 24 }, (_, i) => [`P${100 + i}/a.jpg`, `${i % 2 === 0 ? "happiness" : "sadness"} x${i}`]),
    );
    await addWords(shelf, files);
    await indexed(shelf);
    await expect(shelf.adapted.drop()).rejects.toThrow("adapt: expected a library that was adapted");
    for (let face = 1; face <= 24; face++) await shelf.correct({ kind: "label", face, label: face % 2 === 1 ? "anger" : "sadness" });
    const { id } = await shelf.jobs.start({ kind: "adapt" });
    const job = await endOf(shelf, id);
    expect(job).toMatchObject({ state: "done", result: { faces: 24, better: true } });
    await shelf.adapted.keep(id);
    expect((await shelf.about()).model?.adapted).toBe(true);
    await shelf.adapted.drop();
    expect((await shelf.about()).model?.adapted).toBe(false);
    const learned = await shelf.taught.teach({ name: "grin", faces: [1, 3], anyway: true });
    expect(learned.name).toBe("grin");
    expect(await shelf.taught.list()).toEqual(["grin"]);
    expect((await shelf.about()).model?.classes).toContain("grin");
    expect((await shelf.ask({ question: "classify" })).faces).toHaveLength(24);
    await shelf.taught.forget("grin");
    await expect(shelf.taught.forget("grin")).rejects.toThrow('teach: expected a class that was taught (none), but got "grin".');
  });

  it("keeps documents as JSON, and tells of each", async () => {
    const shelf = openShelf();
    const told: unknown[] = [];
    shelf.watch((event) => told.push(event));
    await shelf.keep("places", { x: [1, 2], nothing: undefined });
    expect([await shelf.document("places"), await shelf.documents()]).toEqual([{ x: [1, 2] }, ["places"]]);
    expect(told).toEqual([{ type: "document", name: "places" }]);
    await shelf.drop("places");
    expect(await shelf.document("places")).toBeUndefined();
  });
});

describe("two tabs", () => {
  it("have the same rows, one job of a kind, and hear each other's progress", async () => {
    const store = memoryStore();
    const [first, second] = twoTabs();
    const [a, b] = [openShelf({ store, tabs: first }), openShelf({ store, tabs: second })];
    await addWords(a, { "a.jpg": "happiness", "b.jpg": "anger" });
    await b.library.ready();
    const { id } = await a.jobs.start({ kind: "index" });
    await expect(b.jobs.start({ kind: "index" })).rejects.toThrow('jobs: expected no other work of this kind, but "index" is running.');
    await endOf(a, id);
    expect(await b.jobs.list()).toMatchObject([{ id, state: "done", result: { photos: 2 } }]);
    expect((await b.faces()).faces).toHaveLength(2);
    await b.correct({ kind: "label", face: 1, label: "anger" });
    expect((await a.faces()).faces[0]?.label).toBe("anger");
    await a.library.erase();
    expect((await b.about()).photos).toBe(0);
  });
});

/** Two tabs of one browser: what one tells the other hears. */
function twoTabs(): [Tabs, Tabs] {
  const shared = onlyTab();
  const heard: ((message: TabMessage) => void)[][] = [[], []];
  return [0, 1].map(
    (own): Tabs => ({
      ...shared,
      tell: (message) => {
        for (const listener of heard[1 - own] ?? []) listener(structuredClone(message));
      },
      hear: (listener) => void heard[own]?.push(listener),
    }),
  ) as [Tabs, Tabs];
}
