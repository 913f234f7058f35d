import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { search } from "../asking/search.ts";
import { engine, type Place } from "./fixtures/engine.ts";
import { blue, emptyFolder, green, red, writePhotos } from "./fixtures/photos.ts";
import { openReader } from "./fixtures/pixel-reader.ts";
import { standsIn } from "./fixtures/stands-in.ts";
import { blob } from "./float-bytes.ts";
import { type Library, openLibrary } from "./library.ts";

let library: Library;
let place: Place = {};
beforeEach(async () => {
  place = engine.place();
  const folder = await writePhotos(emptyFolder(), {
    "kept.jpg": [red],
    "secret-party/me.jpg": [green, blue],
    "secret-party/you.jpg": [blue],
  });
  library = await openLibrary(folder, { reader: openReader, ...place });
  for await (const _ of library.index());
});
afterEach(() => {
  library.close();
  rmSync(library.root, { recursive: true, force: true });
});

const holds = (trace: Buffer | string) => standsIn(library, trace);

describe("forget", () => {
  it("leaves not a byte of a folder: paths, embeddings, hashes, corrections, the index beside", async () => {
    const { faces, photos, embeddings } = library.faceSet({ folder: "secret-party" });
    library.correct({ kind: "label", face: faces[0]?.id as number, label: "private-word" });
    library.correct({ kind: "hide", path: "secret-party" });
    await search(library, faces[0]?.id as number, { approximate: true });
    const traces: (Buffer | string)[] = ["secret-party", "private-word"];
    for (let i = 0; i < faces.length; i++)
      traces.push(Buffer.from(blob(embeddings.row(i))), Buffer.from(blob(faces[i]?.appearance as Float32Array)));
    for (const { hash } of photos.values()) traces.push(hash);
    expect(traces.map(holds)).toEqual(traces.map(() => true));

    expect(library.forget("secret-party")).toEqual({ path: "secret-party", photos: 2, faces: 3, corrections: 2, copies: [], taught: [] });
    expect(traces.map(holds)).toEqual(traces.map(() => false));
    library.close();
    if (!engine.isServer) expect(traces.map(holds)).toEqual(traces.map(() => false));
    library = await openLibrary(library.root, { reader: openReader, ...place });
    expect(holds("kept.jpg")).toBe(true);
    expect(library.faceSet().faces).toHaveLength(1);
    expect(library.check().problems).toEqual([]);
    expect((await search(library, 1, { k: 5 })).searched).toBe(0);
  });

  it("of one photo keeps its copies, says so, and keeps what was said of them", async () => {
    cpSync(join(library.root, "kept.jpg"), join(library.root, "copy.jpg"));
    for await (const _ of library.index());
    const { faces, photos } = library.faceSet();
    const face = faces.find(({ photo }) => photos.get(photo)?.path === "kept.jpg")?.id as number;
    library.correct({ kind: "label", face, label: "sadness" });
    expect(library.forget(join(library.root, "kept.jpg"))).toEqual({
      path: "kept.jpg",
      photos: 1,
      faces: 1,
      corrections: 0,
      copies: ["copy.jpg"],
      taught: [],
    });
    expect(library.faceSet().faces[0]?.label).toBe("sadness");
    expect(holds("kept.jpg")).toBe(false);
  });

  it.skipIf(engine.isServer)("lets a folder be that has the name of the index", () => {
    const place = join(library.root, ".semblant", "library.codes");
    mkdirSync(place);
    expect(library.forget("kept.jpg").photos).toBe(1);
    expect(library.repair()).toMatchObject({ reread: [], lost: [] });
    expect(readdirSync(place)).toEqual([]);
  });

  it("of everything leaves an empty library", () => {
    expect(library.forget(".")).toMatchObject({ path: ".", photos: 3, faces: 4 });
    expect(library.check()).toMatchObject({ photos: 0, faces: 0, problems: [] });
  });

  it("refuses what the library knows nothing of, and what is not in its folder", () => {
    expect(() => library.forget("nothing.jpg")).toThrow(
      'library forget: expected a photo or folder of the library, but it knows nothing of "nothing.jpg".',
    );
    expect(() => library.forget("../x")).toThrow(`library: expected a path in ${library.root}, but got "../x".`);
    expect(library.check().photos).toBe(3);
  });

  it("waits for no one: while another indexes it says that the library is in use", async () => {
    const other = await openLibrary(library.root, { reader: openReader, ...place });
    cpSync(join(library.root, "kept.jpg"), join(library.root, "copy.jpg"));
    const run = other.index();
    await run.next();
    expect(() => library.forget("kept.jpg")).toThrow("but it is in use: another process is indexing it.");
    await run.return(undefined as never);
    other.close();
    expect(library.forget("kept.jpg").photos).toBe(1);
  });
});
