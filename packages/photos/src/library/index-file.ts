import { randomBytes } from "node:crypto";
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { crc32 } from "node:zlib";
import { codeMemory, InvertedLists, QuantizedRows, widthOf } from "@semblant/core/internals";
import { makePrivateFile } from "../private-files.ts";
import { earlierSidecarPath, indexesLeft, removeFiles, sidecarPath } from "../taught/files-beside.ts";

/** What stands in the file beside a library, from which it can be made again at any time. */
export interface KeptIndex {
  readonly rows: QuantizedRows;
  readonly lists: InvertedLists | undefined;
}

/** Its first bytes. */
const mark = "semblant codes 1\n";
/** Bytes before the numbers: the mark, then their counts. */
const headBytes = 64;
/** Milliseconds. */
const longestWrite = 600_000;

/**
 * Writes an index whole or not at all.
 *
 * @param settle is told the checksum of what was written, before it takes its place; where it says false, it takes none
 */
export function writeIndex(library: string, { rows, lists }: KeptIndex, settle: (checksum: string, place: () => void) => void): void {
  removeFiles(indexesLeft(library).filter(isOld));
  const path = sidecarPath(library);
  const temporary = `${path}.${randomBytes(6).toString("hex")}`;
  try {
    makePrivateFile(temporary);
    const handle = openSync(temporary, "r+");
    let checksum = 0;
    try {
      const { ids, codes, scales, errors } = rows.columns();
      const centres = lists?.centres.columns();
      const head = Buffer.alloc(headBytes);
      head.write(mark);
      for (const [i, count] of [rows.dimensions, rows.length, lists?.centres.length ?? 0, lists?.listOf.length ?? 0].entries())
        head.writeUInt32LE(count, 32 + 4 * i);
      const parts = [head, ids, scales, errors, ...(centres ? [centres.ids, centres.scales, centres.errors] : [])];
      for (const part of [...parts, ...(lists ? [lists.listOf] : []), codes, ...(centres ? [centres.codes] : [])]) {
        const bytes = Buffer.from(part.buffer as ArrayBuffer, part.byteOffset, part.byteLength);
        checksum = crc32(bytes, checksum);
        for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
      }
    } finally {
      closeSync(handle);
    }
    settle(inHex(checksum), () => {
      renameSync(temporary, path);
      removeFiles([earlierSidecarPath(library)]);
    });
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Reads an index; undefined where there is none, or not the one that is known by its checksum. */
export function readIndex(library: string, checksum: string | undefined, dimensions: number): KeptIndex | undefined {
  const bytes = fileBytes(sidecarPath(library));
  if (bytes === undefined || checksum === undefined || inHex(crc32(bytes)) !== checksum) return undefined;
  if (bytes.length < headBytes || bytes.toString("latin1", 0, mark.length) !== mark || bytes.readUInt32LE(32) !== dimensions)
    return undefined;
  const [count, centreCount, listed] = [bytes.readUInt32LE(36), bytes.readUInt32LE(40), bytes.readUInt32LE(44)];
  let at = headBytes;
  const take = <T extends Float64Array | Float32Array | Uint16Array | Int8Array>(array: T): T => {
    new Uint8Array(array.buffer).set(bytes.subarray(at, at + array.byteLength));
    at += array.byteLength;
    return array;
  };
  const columns = (n: number) => [new Float64Array(n), new Float32Array(n), new Float32Array(n)] as const;
  const [ids, scales, errors] = columns(count).map(take) as unknown as ReturnType<typeof columns>;
  const centre = columns(centreCount).map(take) as unknown as ReturnType<typeof columns>;
  const listOf = take(new Uint16Array(listed));
  const width = widthOf(dimensions);
  const some = (n: number) => new Int8Array(bytes.buffer, bytes.byteOffset + at, n * width);
  const rows = new QuantizedRows(dimensions, codeMemory(width));
  rows.addColumns({ ids, scales, errors, codes: some(count) });
  at += count * width;
  if (centreCount === 0) return { rows, lists: undefined };
  const centres = new QuantizedRows(dimensions, codeMemory(width));
  centres.addColumns({ ids: centre[0], scales: centre[1], errors: centre[2], codes: some(centreCount) });
  return { rows, lists: new InvertedLists(centres, listOf) };
}

/** Whether nobody has written to a file for so long that its writer must have been killed. */
function isOld(path: string): boolean {
  const modified = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY;
  return Date.now() - modified > longestWrite;
}

/** What stands there; undefined where that is no file, or none that can be read: the index is made anew then. */
function fileBytes(path: string): Buffer | undefined {
  try {
    return statSync(path).isFile() ? readFileSync(path) : undefined;
  } catch {
    return undefined;
  }
}

const inHex = (checksum: number): string => checksum.toString(16).padStart(8, "0");
