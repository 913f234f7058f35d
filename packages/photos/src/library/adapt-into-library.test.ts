import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adapt } from "../asking/adapt.ts";
import { forgetAdapted } from "../asking/keep-adapted.ts";
import { engine } from "./fixtures/engine.ts";
import { emptyFolder, red, writePhotos } from "./fixtures/photos.ts";
import { openReader } from "./fixtures/pixel-reader.ts";
import { openLibrary } from "./library.ts";

/** What is green to the model is orange here, which it takes for red. */
const orange = [190, 150, 0] as const;

describe("adapt, for a library that lies elsewhere", () => {
  const root = emptyFolder();
  const at = (...names: string[]) => join(root, ...names);
  const reader = () => openReader();
  /** Places outside of the folder of photos; the second stays empty. */
  let library = "";
  let fresh = "";

  /** What the faces of the photos look like, by the library of the folder itself or by another. */
  async function looks(file?: string) {
    using opened = await openLibrary(at("photos"), { reader, ...(file !== undefined && { file }) });
    for await (const _ of opened.index());
    const { model, embeddings } = opened.faceSet();
    return model.classify(embeddings).map(({ predicted }) => model.classes[predicted]);
  }

  beforeAll(async () => {
    library = engine.place().file ?? at("elsewhere.sqlite");
    fresh = engine.place().file ?? at("fresh.sqlite");
    for (const person of ["P001", "P002", "P003", "P004"]) {
      const two = (label: string, color: typeof red) => ({ [`${label}/${person}/0.jpg`]: [color], [`${label}/${person}/1.jpg`]: [color] });
      await writePhotos(at("labelled"), { ...two("angry", red), ...two("happy", orange) });
      await writePhotos(at("photos"), { [`${person}-0.jpg`]: [orange], [`${person}-1.jpg`]: [red] });
    }
    expect(await looks()).toEqual(Array(8).fill("anger"));
    expect(await looks(library)).toEqual(Array(8).fill("anger"));
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it("lets that one answer by it, and reads labelled faces into the library of their own folder", async () => {
    const { library: kept } = await adapt(at("labelled"), { reader, into: at("photos"), library });
    using opened = await openLibrary(at("photos"), { file: library, reader });
    expect([kept, opened.counts().photos]).toEqual([opened.path, 8]);
    expect(existsSync(at("labelled/.semblant/library.sqlite"))).toBe(true);
    expect(await looks(library)).toEqual(Array(4).fill(["happiness", "anger"]).flat());
    expect(await looks()).toEqual(Array(8).fill("anger"));
  });

  it("forgets in that one", async () => {
    await expect(forgetAdapted(at("photos"), { library })).rejects.toThrow(
      'adapt: expected the model that "pixels, adapted" was made of, which does not ship.\n  Name its file: --model',
    );
    await expect(forgetAdapted(at("photos"))).rejects.toThrow(/^adapt: expected a library that was adapted, but .* as it was trained\.$/);
  });

  it("takes what was corrected there", async () => {
    const corrected = engine.place().file ?? at("corrected.sqlite");
    using opened = await openLibrary(at("photos"), { file: corrected, reader });
    for await (const _ of opened.index());
    const { faces, photos } = opened.faceSet();
    for (const { id, photo } of faces) {
      const label = photos.get(photo)?.path.endsWith("0.jpg") ? "happiness" : "anger";
      opened.correct({ kind: "label", face: id, label });
    }
    const { set, library: kept } = await adapt(at("photos"), { reader, corrected: true, into: at("photos"), library: corrected });
    expect([set.library, kept]).toEqual([opened.path, opened.path]);
    expect(await looks(corrected)).toEqual(Array(4).fill(["happiness", "anger"]).flat());
  });

  it("makes no library where there is none", async () => {
    const asked = adapt(at("labelled"), { reader, into: at("photos"), library: fresh });
    await expect(asked).rejects.toThrow(
      /expected a library at .*, but there is none\.\n {2}Make one with: semblant index FOLDER --library /,
    );
    expect(existsSync(at("fresh.sqlite"))).toBe(false);
  });
});
