import { rmSync } from "node:fs";
import { openLibrary } from "@semblant/photos";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { emptyFolder, green, red, writePhotos } from "../../../photos/src/library/fixtures/photos.ts";
import { openReader } from "../../../photos/src/library/fixtures/pixel-reader.ts";
import { FacesThread } from "./faces-thread.ts";

let folder = "";
let thread: FacesThread;
beforeEach(async () => {
  folder = await writePhotos(emptyFolder(), { "a.jpg": [red, green], "b.jpg": [green] });
  const library = await openLibrary(folder, { reader: openReader });
  for await (const _ of library.index());
  thread = new FacesThread({ root: folder, file: library.path }, 0);
  library.close();
});
afterEach(async () => {
  await thread.close();
  rmSync(folder, { recursive: true, force: true });
});

const ask = (signal?: AbortSignal) => thread.ask({ question: "columns" }, { filter: {}, stamp: "1" }, signal);

describe("the thread that answers questions", () => {
  it("is ended where the question at work is stopped; those that wait are answered by the next", async () => {
    const [first, third] = [new AbortController(), new AbortController()];
    const answers = [ask(first.signal), ask(), ask(third.signal), ask()];
    first.abort();
    third.abort("the connection ended");
    const [one, two, three, four] = await Promise.allSettled(answers);
    expect(one).toMatchObject({ status: "rejected", reason: { name: "AbortError" } });
    expect(three).toMatchObject({ status: "rejected", reason: { name: "AbortError", message: "the connection ended" } });
    for (const answer of [two, four]) expect(answer).toMatchObject({ status: "fulfilled", value: { id: { length: 3 } } });
    expect((await ask()).id).toHaveLength(3);
    await expect(ask(AbortSignal.abort())).rejects.toThrow("abort");
  });

  it("answers nobody after it was closed", async () => {
    const waiting = expect(ask()).rejects.toThrow("library: expected it to be open, but it was closed.");
    await thread.close();
    await waiting;
    await expect(ask()).rejects.toThrow("library: expected it to be open, but it was closed.");
  });
});
