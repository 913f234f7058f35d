import { afterAll, describe, it } from "vitest";
import { askServer, engine, hasServer } from "./fixtures/engine.ts";

/** Tests of what a library does wherever it lies; each runs on files by itself. One server is asked by all of them. */
const files = ["search-library", "corrections", "forget", "documents", "photo-remarks", "adapted-library"];

if (hasServer) {
  await askServer();
  afterAll(() => engine.stop());
  for (const file of files) {
    describe(`on a server, ${file}`, async () => {
      await import(`./${file}.test.ts`);
    });
  }
} else {
  it.skip("libraries on a server (@electric-sql/pglite is not installed)", () => {});
}
