import { readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../reading/fixtures/small-layouts.ts";
import type { ImageStore } from "./image-store.ts";
import { PackedWriter } from "./packed-file.ts";
import { openPacked, verifyPacked } from "./packed-images.ts";

const shape = { width: 3, height: 2, channels: 1 };

function written(): { path: string; folder: string } {
  const folder = temporaryFolder();
  const path = join(folder, "faces.pack");
  const writer = new PackedWriter(path, shape);
  writer.append(Uint8Array.from({ length: 12 }, (_, i) => i));
  writer.append(Uint8Array.from({ length: 6 }, (_, i) => 100 + i));
  writer.finish({ note: "zwölf" });
  return { path, folder };
}

function rowsOf(images: ImageStore, rows: number[]): number[] {
  const into = new Uint8Array(rows.length * 6);
  images.gather(rows, into);
  return [...into];
}

function change(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] as number) ^ 1;
  writeFileSync(path, bytes);
}

describe("packed images", () => {
  it("come back with their shape and index", () => {
    const { images, index } = openPacked(written().path);
    expect({ ...shape, count: images.count, index }).toEqual({ width: 3, height: 2, channels: 1, count: 3, index: { note: "zwölf" } });
    expect(rowsOf(images, [2, 0])).toEqual([100, 101, 102, 103, 104, 105, 0, 1, 2, 3, 4, 5]);
  });

  it("are the same whether held in memory or read row by row from disk", () => {
    const { path } = written();
    const [held, onDisk] = [openPacked(path).images, openPacked(path, { memory: 0 }).images];
    for (const rows of [[0, 1, 2], [2, 0, 1, 1], [], [1]]) expect(rowsOf(onDisk, rows)).toEqual(rowsOf(held, rows));
    expect(() => rowsOf(onDisk, [3])).toThrow("PackedImages: expected rows from 0 to 2, but got 3.");
  });

  it("are written whole or not at all", () => {
    const folder = temporaryFolder();
    const writer = new PackedWriter(join(folder, "faces.pack"), shape);
    writer.append(new Uint8Array(6));
    expect(readdirSync(folder).filter((name) => !name.endsWith(".tmp"))).toEqual([]);
    writer.abandon();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("leave no temporary file", () => {
    expect(readdirSync(written().folder)).toEqual(["faces.pack"]);
  });

  it("are the same bytes for the same images", () => {
    expect(readFileSync(written().path).equals(readFileSync(written().path))).toBe(true);
  });

  it("refuse another format, another version, and a file cut short", () => {
    const { path } = written();
    writeFileSync(`${path}.txt`, "path,label\n");
    expect(() => openPacked(`${path}.txt`)).toThrow(
      `packed images at ${path}.txt: expected a file that begins with SMBLPACK, but this one does not.`,
    );
    const bytes = readFileSync(path);
    bytes[8] = 9;
    writeFileSync(`${path}.9`, bytes);
    expect(() => openPacked(`${path}.9`)).toThrow(`packed images at ${path}.9: expected version 1, but got 9.`);
    truncateSync(path, bytes.length - 1);
    expect(() => openPacked(path)).toThrow(`packed images at ${path}: expected ${bytes.length} bytes, but got ${bytes.length - 1}.`);
    expect(() => openPacked("nowhere.pack")).toThrow("packed images at nowhere.pack: no such file, or it cannot be read.");
  });

  it("refuse a head whose numbers were changed, before believing them", () => {
    const { path } = written();
    change(path, 27);
    expect(() => openPacked(path)).toThrow(`packed images at ${path}: the head does not match its checksum.`);
  });

  it("notice one changed bit of the images or the index", () => {
    const { path } = written();
    change(path, 64 + 7);
    expect(() => openPacked(path)).toThrow("the images do not match their checksum.\n  Delete the file; it is made again when needed.");
    expect(() => verifyPacked(path)).toThrow("the images do not match their checksum.");
    change(path, 64 + 7);
    verifyPacked(path);
    change(path, 64 + 18 + 3);
    expect(() => openPacked(path, { memory: 0 })).toThrow(`packed images at ${path}: the index does not match its checksum.`);
  });
});
