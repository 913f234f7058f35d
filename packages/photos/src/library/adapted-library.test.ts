import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Adaptation, cardOf } from "@semblant/faces";
import { adaptationText } from "@semblant/faces/internals";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adaptation } from "../../../faces/src/embed/fixtures/adaptation.ts";
import { openNodeReader } from "../models/node-reader.ts";
import { pathOfModel } from "../models/read-model.ts";
import { engine, type Place } from "./fixtures/engine.ts";
import { emptyFolder, red, writePhotos } from "./fixtures/photos.ts";
import { type Library, openLibrary } from "./library.ts";
import type { OpenLibraryOptions } from "./open-options.ts";

const shipped = pathOfModel("small");

describe.skipIf(!existsSync(shipped))("a library with an adapted model", () => {
  let folder = "";
  let place: Place = {};
  let mine = "";

  /** Of the small network, by which every face is a smirk. */
  function smirking(): Adaptation {
    const { name, checksum, classes, gaussians, dimensions } = cardOf(new Uint8Array(readFileSync(shipped)));
    const { means, sigmas, priors, parents } = gaussians;
    const wide = { means: [...means, Array.from({ length: dimensions }, () => 0)], sigmas: [...sigmas, 6], parents: [...parents, 8] };
    return {
      ...adaptation,
      network: { name, checksum },
      classes: [...classes, "smirk"],
      gaussians: { ...wide, priors: [...priors.map(() => 0), 1] },
      thresholds: { posterior: 0.5, logDensity: -1e9 },
    };
  }

  /** How many faces there are, and how many are smirks by the library's own table and by its model. */
  async function asked(options: OpenLibraryOptions, index = false) {
    const library = await openLibrary(folder, { ...options, ...place });
    try {
      const summary = index ? await indexed(library) : undefined;
      const set = library.faceSet();
      const named = set.model.classify(set.embeddings).filter(({ predicted }) => set.model.classes[predicted] === "smirk").length;
      const smirks = set.model.classes.includes("smirk") && !library.readonly ? library.faceSet({ expression: "smirk" }).faces.length : 0;
      const { problems } = library.check();
      return { name: set.model.card.name, ids: set.faces.map(({ id }) => id), named, smirks, read: summary?.read, problems };
    } finally {
      library.close();
    }
  }

  async function indexed(library: Library) {
    const run = library.index({ workers: 1 });
    for (let step = await run.next(); ; step = await run.next()) if (step.done) return step.value;
  }

  beforeAll(async () => {
    place = engine.place();
    folder = await writePhotos(emptyFolder(), { "a.jpg": [red], "b.jpg": [[90, 90, 90]], "c.jpg": [[0, 60, 200]] });
    mine = join(emptyFolder(), "mine.json");
    writeFileSync(mine, adaptationText(smirking()));
    await asked({ model: "small" }, true);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("answers by it without reading a photo again, names in the table too, and goes back", async () => {
    const before = await asked({});
    expect(before).toMatchObject({ name: "expression-small", named: 0, smirks: 0 });
    const after = await asked({ model: mine }, true);
    expect(after).toEqual({ name: "expression-small, adapted", ids: before.ids, named: 3, smirks: 3, read: 0, problems: [] });
    expect(await asked({})).toMatchObject({ name: "expression-small, adapted", named: 3, smirks: 3 }); // it stays
    expect(await asked({ model: "small" })).toMatchObject({ name: "expression-small", ids: before.ids, smirks: 0, problems: [] });
  });

  it("names new photos by it, though they are read by the network's own model", async () => {
    await asked({ model: mine });
    await writePhotos(folder, { "d.jpg": [[200, 200, 0]] });
    writeFileSync(mine, adaptationText({ ...smirking(), thresholds: { posterior: 0.4, logDensity: -1e9 } })); // adapted again
    expect(await asked({ model: mine }, true)).toMatchObject({ name: "expression-small, adapted", named: 4, smirks: 4, read: 1 });
    await writePhotos(folder, { "e.jpg": [[0, 200, 200]] });
    const { read, named, smirks } = await asked({ reader: () => openNodeReader({ model: "small" }) }, true);
    expect({ read, named, smirks }).toEqual({ read: 1, named: 5, smirks: 5 });
    await asked({ model: "small" });
  });

  it("that may only be read answers by it for this once", async () => {
    expect(await asked({ model: mine, readonly: true })).toMatchObject({ name: "expression-small, adapted", named: 5 });
    expect(await asked({})).toMatchObject({ name: "expression-small", named: 0 });
  });

  it("is refused one of another network, and a file that is damaged", async () => {
    writeFileSync(mine, adaptationText({ ...smirking(), network: { name: "other", checksum: "00000001" } }));
    await expect(openLibrary(folder, { model: mine, ...place })).rejects.toThrow(
      `adapted model at ${mine}: expected the network that it was made for, "other" (00000001), but no model at hand is it.`,
    );
    writeFileSync(mine, `${adaptationText(smirking()).slice(0, -40)}`);
    await expect(openLibrary(folder, { model: mine, ...place })).rejects.toThrow(
      `adapted model at ${mine}: expected a file of semblant adapt`,
    );
    using library = await openLibrary(folder, { model: "best", ...place });
    expect(() => library.faceSet()).toThrow(
      /^library: expected the model that the library's embeddings are of, "expression-small" \([0-9a-f]{8}\), but got "expression" \([0-9a-f]{8}\)\.\n/,
    );
  });
});
