import { closeSync, fstatSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { DataError } from "@semblant/core";
import { inFileWords, show } from "@semblant/core/internals";
import { fromBytes } from "./creation.ts";
import { type DType, elementSize } from "./dtype.ts";
import { type Shape, shown, sizeOf } from "./shapes.ts";
import type { Tensor } from "./tensor.ts";

/** The names of types in a header. */
const codes: Readonly<Record<DType, string>> = {
  float32: "F32",
  float64: "F64",
  bfloat16: "BF16",
  float16: "F16",
  int64: "I64",
  int32: "I32",
  uint8: "U8",
  bool: "BOOL",
};
const dtypes = new Map(Object.entries(codes).map(([dtype, code]) => [code, dtype as DType]));

/** What a file of weights holds. */
export interface SafeTensors {
  readonly tensors: Map<string, Tensor>;
  readonly metadata: Record<string, string>;
}

interface Entry {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: Shape;
  readonly begin: number;
  readonly end: number;
}

/**
 * The tensors of a safetensors file, on the CPU, in the order of their bytes.
 *
 * Nothing in the header is believed: every offset, shape and type is checked against the file before a tensor is made.
 *
 * @throws DataError if the file is not what its header says
 */
export function readSafetensors(path: string): SafeTensors {
  const where = `safetensors ${basename(path)}`;
  const file = open(where, path);
  try {
    const length = fstatSync(file).size;
    const size = headerSize(where, file, length);
    const { entries, metadata } = parseHeader(where, read(file, 8, size), length - 8 - size);
    const tensors = new Map<string, Tensor>();
    for (const { name, dtype, shape, begin, end } of entries)
      tensors.set(name, fromBytes(read(file, 8 + size + begin, end - begin), dtype, shape));
    return { tensors, metadata };
  } catch (error) {
    throw inFileWords(error, path); // a folder opens, and cannot be read
  } finally {
    closeSync(file);
  }
}

function open(where: string, path: string): number {
  try {
    return openSync(path, "r");
  } catch (cause) {
    throw new DataError(`${where}: cannot be opened: ${(cause as Error).message}.`, { cause });
  }
}

function read(file: number, position: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let done = 0; done < length; ) {
    const count = readSync(file, bytes, done, length - done, position + done);
    if (count === 0) throw new DataError("safetensors: the file became shorter while it was read.");
    done += count;
  }
  return bytes;
}

const cutShort = "\n  The file is cut short, or its header is wrong.";

function headerSize(where: string, file: number, length: number): number {
  if (length < 8) throw new DataError(`${where}: expected a header of at least 8 bytes, but the file has ${length}.${cutShort}`);
  const size = new DataView(read(file, 0, 8).buffer).getBigUint64(0, true);
  if (size > BigInt(length - 8))
    throw new DataError(`${where}: expected a header of ${size} bytes, but only ${length - 8} follow.${cutShort}`);
  return Number(size);
}

/** Entries by offset; together they cover the data without gaps or overlaps. */
function parseHeader(where: string, bytes: Uint8Array, available: number): { entries: Entry[]; metadata: Record<string, string> } {
  const { __metadata__: metadata = {}, ...rest } = parseJson(where, bytes);
  const entries = Object.entries(rest)
    .map(([name, entry]) => parseEntry(where, name, entry, available))
    .sort((a, b) => a.begin - b.begin || a.end - b.end);
  let reached = 0;
  for (const { name, begin, end } of entries) {
    if (begin !== reached) throw new DataError(`${where}: expected "${name}" to begin at byte ${reached}, but its offset is ${begin}.`);
    reached = end;
  }
  if (reached !== available) throw new DataError(`${where}: expected ${reached} bytes of data, but the file has ${available}.`);
  if (typeof metadata !== "object" || metadata === null || Object.values(metadata).some((value) => typeof value !== "string"))
    throw new DataError(`${where}: expected __metadata__ to map names to strings.`);
  return { entries, metadata: metadata as Record<string, string> };
}

function parseJson(where: string, bytes: Uint8Array): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (typeof header === "object" && header !== null && !Array.isArray(header)) return header as Record<string, unknown>;
  } catch (cause) {
    throw new DataError(`${where}: the header is not JSON.`, { cause });
  }
  throw new DataError(`${where}: the header is not a JSON object.`);
}

const isOffset = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function parseEntry(where: string, name: string, entry: unknown, available: number): Entry {
  const { dtype: code, shape, data_offsets: offsets } = (entry ?? {}) as { dtype?: unknown; shape?: unknown; data_offsets?: unknown };
  const dtype = dtypes.get(code as string);
  if (dtype === undefined)
    throw new DataError(
      `${where}: "${name}" has ${code === undefined ? "no type" : `type ${show(code)}`}; known: ${[...dtypes.keys()].join(", ")}.`,
    );
  if (!Array.isArray(shape) || !shape.every(isOffset)) throw new DataError(`${where}: "${name}" has no shape of whole numbers.`);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isOffset))
    throw new DataError(`${where}: "${name}" has no pair of offsets.`);
  const [begin, end] = offsets as [number, number];
  if (end > available || begin > end)
    throw new DataError(
      `${where}: "${name}" lies at bytes ${begin} to ${end}, but the data has ${available}.${begin <= end ? cutShort : ""}`,
    );
  const expected = sizeOf(shape) * elementSize[dtype];
  if (end - begin !== expected)
    throw new DataError(`${where}: "${name}" ${code} ${shown(shape)} needs ${expected} bytes, but its offsets hold ${end - begin}.`);
  if (overflows(shape)) throw new DataError(`${where}: "${name}" ${code} ${shown(shape)} is larger than any file.`);
  return { name, dtype, shape, begin, end };
}

/** Whether a product of sizes, zeros set aside, is past what counts exactly: libtorch would overflow at it, though a 0 makes it empty. */
function overflows(shape: Shape): boolean {
  return !Number.isSafeInteger(shape.reduce((product, n) => product * Math.max(1, n), 8));
}

/**
 * Writes tensors and a few words about them, whole or not at all: a temporary file beside it, flushed, then renamed.
 *
 * @param metadata strings only, as the format has it
 */
export function writeSafetensors(path: string, tensors: ReadonlyMap<string, Tensor>, metadata: Record<string, string> = {}): void {
  let offset = 0;
  const entries = [...tensors].map(([name, tensor]) => {
    const begin = offset;
    offset += tensor.size * elementSize[tensor.dtype];
    return [name, { dtype: codes[tensor.dtype], shape: tensor.shape, data_offsets: [begin, offset] }] as const;
  });
  const json = JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) });
  const text = new TextEncoder().encode(json);
  const header = new Uint8Array(8 + Math.ceil(text.length / 8) * 8).fill(0x20);
  new DataView(header.buffer).setBigUint64(0, BigInt(header.length - 8), true);
  header.set(text, 8);
  writeWhole(path, header, tensors.values());
}

function writeWhole(path: string, header: Uint8Array, tensors: Iterable<Tensor>): void {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    const file = openSync(temporary, "w");
    try {
      write(file, header);
      for (const tensor of tensors) write(file, tensor.bytes());
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw inFileWords(error, path);
  }
}

function write(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}
