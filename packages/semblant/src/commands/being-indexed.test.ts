import { rmSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { album } from "../../../photos/src/asking/album.ts";
import { emptyFolder, green, red, writePhotos } from "../../../photos/src/library/fixtures/photos.ts";
import { openReader } from "../../../photos/src/library/fixtures/pixel-reader.ts";
import { openLibrary } from "../../../photos/src/library/library.ts";

/** Opened by hand: what waits for it goes on only then. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** A reader that says when it has a photo in hand, and reads it once it may. */
function gated() {
  const asked = [gate(), gate()] as const;
  const allowed = [gate(), gate()] as const;
  let next = 0;
  const reader = async () => {
    const pixels = await openReader();
    const read: typeof pixels.read = async (picture) => {
      const turn = next++ as 0 | 1;
      asked[turn].open();
      await allowed[turn].opened;
      return pixels.read(picture);
    };
    return { ...pixels, read };
  };
  return { asked, allowed, reader };
}

let folder = "";
beforeEach(async () => {
  folder = await writePhotos(emptyFolder(), { "a.jpg": [red], "b.jpg": [green] });
});
afterEach(() => rmSync(folder, { recursive: true }));

// The lock is held by another library; the system tells it from this one as it tells another process.
describe("a folder that is being indexed", () => {
  it("is answered of what was read so far, with a word that there is more to come", async () => {
    const { asked, allowed, reader } = gated();
    const library = await openLibrary(folder, { reader });
    const steps = library.index();
    const first = steps.next();
    allowed[0].open();
    await first;
    const second = steps.next();
    await asked[1].opened; // the second photo is in work, and stays there
    const notes: string[] = [];
    const { pictures, errors } = await album(folder, { reader: openReader, size: 4, note: (text) => notes.push(text) });
    expect(pictures.map(({ path }) => path)).toEqual(["a.jpg"]);
    expect(errors).toEqual([]);
    expect(notes).toEqual([`album: another process is indexing ${folder}: this is of the 1 photo that it has read so far.`]);

    allowed[1].open();
    await second;
    expect((await steps.next()).done).toBe(true);
    library.close();
    const whole = await album(folder, { reader: openReader, size: 4, note: (text) => notes.push(text) });
    expect(whole.set.photos.size).toBe(2);
    expect(notes).toHaveLength(1);
  });

  it("is waited for where nothing was read yet", async () => {
    const { asked, allowed, reader } = gated();
    const library = await openLibrary(folder, { reader });
    const steps = library.index();
    const first = steps.next();
    await asked[0].opened;
    const said: string[] = [];
    const { pictures } = await album(folder, { reader: openReader, size: 4 }, (text) => {
      said.push(text);
      if (text.startsWith("another process")) allowed[0].open(); // only now is the first photo read
    });
    expect(said).toContain("another process is indexing the folder: waiting for its first photo ...");
    expect(pictures.map(({ path }) => path)).toEqual(["a.jpg"]);
    await first;
    await steps.return(undefined as never);
    library.close();
  });
});
