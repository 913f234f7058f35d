/**
 * What a library's file would be with its log worked into it: for a file that was left with its log in a folder where nothing may be
 * written, so that SQLite cannot do it. Frames count up to the last whole transaction, as they do for SQLite.
 *
 * @param log the bytes of the file that ends in `-wal`
 * @see https://www.sqlite.org/fileformat2.html#the_write_ahead_log
 */
export function withLog(file: Buffer, log: Buffer): Buffer {
  const frames = committed(log);
  if (frames === undefined) return file;
  const { pageSize, pages, count } = frames;
  const whole = Buffer.alloc(Math.max(count * pageSize, 0));
  file.copy(whole, 0, 0, Math.min(file.length, whole.length));
  for (const [page, at] of pages) if (page <= count) log.copy(whole, (page - 1) * pageSize, at, at + pageSize);
  return whole;
}

interface Committed {
  readonly pageSize: number;
  /** Where in the log the newest content of each page stands, by the page's number from 1. */
  readonly pages: ReadonlyMap<number, number>;
  /** Pages of the file after the last transaction. */
  readonly count: number;
}

const headerBytes = 32;
const frameHeaderBytes = 24;

function committed(log: Buffer): Committed | undefined {
  if (log.length < headerBytes) return undefined;
  const magic = log.readUInt32BE(0);
  if ((magic & 0xfffffffe) >>> 0 !== 0x377f0682) return undefined;
  const bigEndian = (magic & 1) === 1;
  const pageSize = log.readUInt32BE(8);
  let sums = summed(log.subarray(0, 24), bigEndian, [0, 0]);
  if (pageSize < 512 || sums[0] !== log.readUInt32BE(24) || sums[1] !== log.readUInt32BE(28)) return undefined;
  const pages = new Map<number, number>();
  const pending = new Map<number, number>();
  let count = 0;
  for (let at = headerBytes; at + frameHeaderBytes + pageSize <= log.length; at += frameHeaderBytes + pageSize) {
    if (log.compare(log, 16, 24, at + 8, at + 16) !== 0) break; // of an older log
    sums = summed(log.subarray(at, at + 8), bigEndian, sums);
    sums = summed(log.subarray(at + frameHeaderBytes, at + frameHeaderBytes + pageSize), bigEndian, sums);
    if (sums[0] !== log.readUInt32BE(at + 16) || sums[1] !== log.readUInt32BE(at + 20)) break;
    pending.set(log.readUInt32BE(at), at + frameHeaderBytes);
    const size = log.readUInt32BE(at + 4);
    if (size === 0) continue;
    count = size;
    for (const [page, place] of pending) pages.set(page, place);
    pending.clear();
  }
  return count === 0 ? undefined : { pageSize, pages, count };
}

/** SQLite's checksum of a log: two sums that feed each other. */
function summed(bytes: Buffer, bigEndian: boolean, [a, b]: readonly [number, number]): [number, number] {
  let [s0, s1] = [a, b];
  for (let at = 0; at < bytes.length; at += 8) {
    const [x, y] = bigEndian ? [bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4)] : [bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4)];
    s0 = (s0 + x + s1) >>> 0;
    s1 = (s1 + y + s0) >>> 0;
  }
  return [s0, s1];
}
