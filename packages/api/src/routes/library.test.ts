import { describe, expect, it } from "vitest";
import { asking } from "../fixtures/asking.ts";
import { memoryShelf } from "../fixtures/memory-shelf.ts";
import { about } from "../schemas/about.ts";
import { faceColumns } from "../schemas/faces.ts";
import { folders } from "../schemas/folders.ts";
import { added, photo, photoColumns } from "../schemas/photos.ts";

describe("the library", () => {
  it("says what it is, what it answers by, and what this home can do", async () => {
    const said = await asking(memoryShelf()).answer(about, "GET", "");
    expect(said).toMatchObject({ home: "server", name: "photos", photos: 9, faces: 9, revision: 1 });
    expect(said.model?.classes).toEqual(["neutral", "happiness", "sadness", "surprise"]);
    expect(said.model?.looks).toEqual(["neutral-looking", "happy-looking", "sad-looking", "surprised-looking"]);
    expect(said.can).toEqual(["add", "adapt", "teach", "folders", "storage", "page", "copy"]);
  });

  it("says of a home without optional abilities that it has none, and has no routes for them", async () => {
    const { add: _add, adapted: _adapted, taught: _taught, folders: _folders, ...rest } = memoryShelf();
    const { storage: _storage, albumPage: _page, copyOut: _copy, ...plain } = rest;
    const { answer, refusal } = asking(plain);
    expect((await answer(about, "GET", "")).can).toEqual([]);
    expect(await refusal("GET", "/taught")).toEqual([404, 'api: expected an address of the API, but got GET "/api/taught".']);
    expect((await refusal("POST", "/exports/album", { format: "html" }))[1]).toMatch(/csv, json/);
  });

  it("answers before anything was indexed, and says what to do where it has no faces", async () => {
    const { answer, refusal } = asking(memoryShelf(null));
    expect((await answer(about, "GET", "")).model).toBeUndefined();
    expect((await answer(photoColumns, "GET", "/photos")).count).toBe(0);
    expect(await refusal("GET", "/faces")).toEqual([409, "library: expected faces in memory, but nothing was indexed yet."]);
  });

  it("lists folders and opens another", async () => {
    const { answer, ask, refusal } = asking(memoryShelf());
    expect((await answer(folders, "POST", "/folders/list", {})).path).toBe("/photos");
    expect((await answer(folders, "POST", "/folders/list", { path: "/a" })).folders[0]?.path).toBe("/a/2024");
    expect((await ask("POST", "/library", { path: "/other" })).status).toBe(204);
    expect(await refusal("POST", "/library", { path: "/none" })).toEqual([
      400,
      "library: expected a folder of photos, but there is no /none.",
    ]);
  });
});

describe("photos", () => {
  it("come as columns, those without a face too, with what could not be read", async () => {
    const { columns, count, unread } = await asking(memoryShelf()).answer(photoColumns, "GET", "/photos");
    expect(count).toBe(9);
    expect(columns.id).toEqual([101, 102, 103, 104, 105, 106, 107, 108, 109]);
    expect(columns.faces).toEqual([1, 1, 2, 1, 1, 1, 1, 1, 0]);
    expect(columns.taken[0]).toBe(1_700_000_000_000);
    expect(columns.taken[6]).toBeNull();
    expect(unread).toEqual([{ path: "broken.jpg", reason: "it is no picture" }]);
  });

  it("open with their faces, the largest first, each with its distribution and in words", async () => {
    const { answer } = asking(memoryShelf());
    const { faces, classes, version } = await answer(photo, "GET", "/photos/103");
    expect(faces.map(({ looks }) => looks)).toEqual(["happy-looking", "sad-looking"]);
    expect(faces[0]?.distribution).toHaveLength(classes.length);
    expect(version).toHaveLength(12);
    expect((await answer(photo, "GET", "/photos/106")).faces[0]?.looks).toBe("turned");
    expect((await answer(photo, "GET", "/photos/107")).faces[0]?.looks).toBe("none of these");
    expect((await answer(photo, "GET", "/photos/109")).faces).toEqual([]);
  });

  it("that are not there, or no ids, are said so", async () => {
    const { refusal } = asking(memoryShelf());
    expect(await refusal("GET", "/photos/7")).toEqual([404, "photos: expected the id of a photo, but 7 is none."]);
    expect(await refusal("GET", "/photos/x")).toEqual([400, 'photos: expected id to be the id of a photo, but got "x".']);
    expect((await refusal("GET", "/photos/1e3"))[0]).toBe(400);
    expect((await refusal("GET", "/photos/..%2f..%2fetc"))[0]).toBe(400);
  });

  it("are sent once: a page that has them gets an empty answer, until something changes", async () => {
    const shelf = memoryShelf();
    const { ask } = asking(shelf);
    const tag = (await ask("GET", "/photos")).headers.get("etag") as string;
    expect((await ask("GET", "/photos", undefined, { "If-None-Match": tag })).status).toBe(304);
    await shelf.correct({ kind: "label", face: 1, label: "sadness" });
    expect((await ask("GET", "/photos", undefined, { "If-None-Match": tag })).status).toBe(200);
  });
});

describe("pictures", () => {
  it("may be kept for ever where the address carries the photo's version, and else are asked for again", async () => {
    const { ask, answer } = asking(memoryShelf());
    const { version } = await answer(photo, "GET", "/photos/101");
    const forEver = await ask("GET", `/photos/101/picture?side=640&v=${version}`);
    expect(forEver.headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
    expect(forEver.headers.get("content-type")).toBe("image/jpeg");
    expect(await forEver.text()).toBe("101 at 640");
    const plain = await ask("GET", "/photos/101/picture?side=full&v=another");
    expect(plain.headers.get("cache-control")).toBe("private, no-cache");
    const tag = plain.headers.get("etag") as string;
    expect((await ask("GET", "/photos/101/picture?side=full", undefined, { "If-None-Match": tag })).status).toBe(304);
    expect((await ask("GET", "/photos/101/picture", undefined, { "If-None-Match": tag })).status).toBe(200);
  });

  it("of photos and faces come as thumbnails", async () => {
    const { ask, refusal } = asking(memoryShelf());
    expect(await (await ask("GET", "/photos/101/thumbnail")).text()).toBe('{"photo":101}');
    const face = await ask("GET", "/faces/3/thumbnail");
    expect(await face.text()).toBe('{"face":3}');
    expect(face.headers.get("content-type")).toBe("image/webp");
    expect(await refusal("GET", "/faces/99/thumbnail")).toEqual([404, "faces: expected the id of a face, but 99 is none."]);
    expect((await refusal("GET", "/photos/99/thumbnail"))[0]).toBe(404);
  });

  it("of a shelf that are none are never shown as a page", async () => {
    const shelf = { ...memoryShelf(), picture: async () => new Blob(["<script>"], { type: "text/html" }) };
    const response = await asking(shelf).ask("GET", "/photos/101/picture");
    expect(response.headers.get("content-type")).toBe("application/octet-stream");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("are of sides that make sense", async () => {
    const { refusal } = asking(memoryShelf());
    const expected = "photos: expected side to be full, or a number of pixels from 16 to 16384, but got ";
    expect(await refusal("GET", "/photos/101/picture?side=0")).toEqual([400, `${expected}"0".`]);
    expect(await refusal("GET", "/photos/101/picture?side=huge")).toEqual([400, `${expected}"huge".`]);
    expect(await refusal("GET", "/photos/101/picture?sid=20")).toEqual([400, 'photos: unknown option "sid"; did you mean "side"?']);
  });
});

describe("faces", () => {
  it("come as columns, with what a person corrected", async () => {
    const shelf = memoryShelf();
    const { answer } = asking(shelf);
    await shelf.correct({ kind: "label", face: 1, label: "amused" });
    await shelf.correct({ kind: "together", faces: [2, 3] });
    const { columns, expressions, verdicts, count, revision } = await answer(faceColumns, "GET", "/faces");
    expect([count, revision]).toEqual([9, 3]);
    expect(columns.id).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const looks = columns.verdict.map((verdict, i) => `${expressions[columns.expression[i] as number]}, ${verdicts[verdict]}`);
    expect(looks.slice(0, 4)).toEqual(["amused, corrected", "happiness, named", "happiness, named", "sadness, named"]);
    expect(verdicts[columns.verdict[6] as number]).toBe("turned");
    expect(verdicts[columns.verdict[7] as number]).toBe("none of these");
    expect(columns.corrected).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(columns.together).toEqual([0, 2, 2, 0, 0, 0, 0, 0, 0]);
    expect(columns.subclass[1]).toBe(1);
    expect(columns.subclass[7]).toBe(-1);
  });

  it.each([
    ["expression=happiness", [1, 2, 3, 6]],
    ["folder=sadness", [5, 6, 7]],
    ["side=60&folder=sadness", [6, 7]],
    ["least=2", [3, 4]],
    ["since=1700000001000&until=1700000901000", [2, 3, 4]],
    ["until=2001-01-01", []],
  ])("are filtered by %s", async (query, ids) => {
    expect((await asking(memoryShelf()).answer(faceColumns, "GET", `/faces?${query}`)).columns.id).toEqual(ids);
  });

  it("are not filtered by what is none", async () => {
    const { refusal } = asking(memoryShelf());
    expect(await refusal("GET", "/faces?expression=happines")).toEqual([
      400,
      'filter: unknown expression "happines"; did you mean "happiness"?',
    ]);
    expect(await refusal("GET", "/faces?sharpness=2")).toEqual([400, 'faces: expected sharpness to be a number from 0 to 1, but got "2".']);
    expect(await refusal("GET", "/faces?since=yesterday")).toEqual([
      400,
      'filter: expected since to be a day such as 2024-05-01, or milliseconds since 1970, but got "yesterday".',
    ]);
  });

  it("have their embeddings as bytes, rows in the same order", async () => {
    const shelf = memoryShelf();
    const { ask } = asking(shelf);
    const response = await ask("GET", "/faces/embeddings");
    expect(response.headers.get("content-type")).toBe("application/octet-stream");
    expect([response.headers.get("x-rows"), response.headers.get("x-columns")]).toEqual(["9", "6"]);
    const values = new Float32Array(await response.arrayBuffer());
    expect(values).toEqual((await shelf.faces()).embeddings.values);
    const some = await ask("GET", "/faces/embeddings?folder=sadness");
    expect(new Float32Array(await some.arrayBuffer())).toEqual((await shelf.faces()).embeddings.take([4, 5, 6]).values);
    const tag = response.headers.get("etag") as string;
    expect((await ask("GET", "/faces/embeddings", undefined, { "If-None-Match": tag })).status).toBe(304);
    expect((await ask("GET", "/faces/embeddings?folder=sadness", undefined, { "If-None-Match": tag })).status).toBe(200);
  });
});

describe("pictures that are added", () => {
  const form = (...names: readonly string[]) => {
    const data = new FormData();
    for (const name of names) data.append("file", new File(["bytes"], name, { type: "image/jpeg" }));
    return data;
  };
  const post = (body: FormData | string, headers = {}) => new Request("http://localhost/api/photos", { method: "POST", body, headers });

  it("are handed to the shelf; names that could lead elsewhere, or are of no picture, never are", async () => {
    const shelf = memoryShelf();
    const { api } = asking(shelf);
    const names = ["a.jpg", "2024/b.png", "../c.jpg", "/etc/d.jpg", "e/../../f.jpg", ".hidden.jpg", "g.exe", "con\\h.jpg", "2024//i.jpg"];
    const response = await api(post(form(...names)));
    expect(response.status).toBe(201);
    const came = added.parse(await response.json());
    expect(came.added).toEqual(["a.jpg", "2024/b.png"]);
    expect(came.refused.map(({ name }) => name)).toEqual(names.slice(2));
    expect(came.refused.find(({ name }) => name === "g.exe")?.reason).toMatch(/^its name is none of a picture \(JPEG/);
    expect([...shelf.files.keys()]).toEqual(["a.jpg", "2024/b.png"]);
    const again = added.parse(await (await api(post(form("a.jpg")))).json());
    expect(again.already).toEqual([{ name: "a.jpg", path: "a.jpg" }]);
  });

  it("come in a form with one field", async () => {
    const { api } = asking(memoryShelf());
    const other = new FormData();
    other.append("picture", new File(["x"], "a.jpg"));
    expect((await api(post(other))).status).toBe(400);
    expect((await api(post(new FormData()))).status).toBe(400);
    expect((await api(post("{}", { "Content-Type": "application/json" }))).status).toBe(415);
    expect((await api(post("none", { "Content-Type": "multipart/form-data; boundary=x" }))).status).toBe(400);
  });
});
