/**
 * The process that asks the same again and again, and says after each round what it holds: a line of JSON, a {@link Sample}.
 *
 *   node --conditions=semblant-source --expose-gc torture/memory/asking.ts library|picture FOLDER ROUNDS UNTIL
 *
 * Of a library a round is ten searches, ten times `classify` and an album; every tenth also the best shots, groups and doubtful labels. It
 * waits for nothing, so that the event loop turns no more often than in a plain loop. Of a picture a round is ten times reading it.
 */

import { writeSync } from "node:fs";
import { Embeddings, Random } from "@semblant/core";
import {
  album,
  audit,
  best,
  classify,
  cluster,
  type Library,
  openLibrary,
  openNodeReader,
  type Query,
  type SearchOptions,
  search,
} from "@semblant/photos";
import type { Sample } from "./growth.ts";

/** Rounds that are made whatever the time: fewer tell nothing. */
const fewest = 30;
const each = 10;

const [what, folder = "", rounds, until] = process.argv.slice(2);
const ask = what === "library" ? await ofLibrary() : await ofPicture();
for (let round = 0; round < Number(rounds) && (round < fewest || Date.now() < Number(until)); round++) {
  await ask(round);
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  const sample: Sample = { heap: heapUsed / 2 ** 20, resident: rss / 2 ** 20 };
  writeSync(1, `${JSON.stringify(sample)}\n`);
}

async function ofLibrary(): Promise<(round: number) => Promise<void>> {
  const library = await openLibrary(folder, { readonly: true });
  const searches = searchesOf(library);
  return async (round) => {
    for (let i = each * round; i < each * (round + 1); i++) {
      const [query, options] = searches(i);
      await search(library, query, options);
      await classify(library);
    }
    await album(library, { size: 6, seed: round });
    if (round % 10 !== 0) return;
    await best(library, { expression: "bright" });
    await cluster(library, { seed: round });
    await cluster(library, { similarity: 0.5 });
    await audit(library);
  };
}

/** By a face, by an embedding, with a filter, by the approximate index, by words. */
function searchesOf(library: Library): (i: number) => [Query, SearchOptions] {
  const { faces, embeddings } = library.faceSet();
  return (i) => {
    const row = i % faces.length;
    const kinds: [Query, SearchOptions][] = [
      [faces[row]?.id as number, {}],
      [embeddings.row(row), {}],
      [embeddings.row(row), { filter: { side: 10 + (i % 7) } }],
      [embeddings.row(row), { approximate: true }],
      [{ words: "bright, frontal" }, {}],
    ];
    return kinds[i % kinds.length] as [Query, SearchOptions];
  };
}

async function ofPicture(): Promise<() => Promise<void>> {
  const reader = await openNodeReader();
  const random = new Random(0);
  const picture = { width: 48, height: 48, data: Uint8Array.from({ length: 48 * 48 * 3 }, () => random.integer(256)) };
  return async () => {
    for (let i = 0; i < each; i++) {
      const { embedding } = await reader.readCrop(picture);
      reader.model.classify(new Embeddings(embedding, embedding.length));
    }
  };
}
