import { describe, expect, it } from "vitest";
import { albumBody, exclude, type KeptAlbum, pin } from "./kept-album.ts";

const album: KeptAlbum = { size: 2, withoutFaces: false, pinned: [1, 2], excluded: [9] };

describe("what is kept of an album", () => {
  it("pins a photo once, and makes room for it", () => {
    expect(pin(album, 9)).toEqual({ size: 3, withoutFaces: false, pinned: [1, 2, 9], excluded: [] });
    expect(pin(album, 1)).toEqual({ ...album, pinned: [2] });
  });

  it("excludes what was pinned, and takes it back", () => {
    expect(exclude(album, 1)).toEqual({ ...album, pinned: [2], excluded: [9, 1] });
    expect(exclude(album, 9)).toEqual({ ...album, excluded: [] });
  });

  it("asks for no photo that is not there any more", () => {
    expect(albumBody(album, new Set([2]))).toEqual({ size: 2, keep: [2] });
    expect(albumBody({ ...album, withoutFaces: true }, new Set([9]))).toEqual({ size: 2, withoutFaces: true, exclude: [9] });
  });
});
