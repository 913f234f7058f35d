import { DataError, Embeddings } from "@semblant/core";
import { show } from "@semblant/core/internals";
import { singlePrecision } from "./single-precision.ts";

const most = 2 ** 20;
const texts = new TextDecoder("latin1");

type Read = (view: DataView, at: number, little: boolean) => number;

/** How a number of each type is read, and its bytes. */
const types: ReadonlyMap<string, readonly [bytes: number, read: Read]> = new Map<string, readonly [number, Read]>([
  ["f2", [2, (view, at, little) => half(view.getUint16(at, little))]],
  ["f4", [4, (view, at, little) => view.getFloat32(at, little)]],
  ["f8", [8, (view, at, little) => view.getFloat64(at, little)]],
  ["i1", [1, (view, at) => view.getInt8(at)]],
  ["i2", [2, (view, at, little) => view.getInt16(at, little)]],
  ["i4", [4, (view, at, little) => view.getInt32(at, little)]],
  ["i8", [8, (view, at, little) => Number(view.getBigInt64(at, little))]],
  ["u1", [1, (view, at) => view.getUint8(at)]],
  ["u2", [2, (view, at, little) => view.getUint16(at, little)]],
  ["u4", [4, (view, at, little) => view.getUint32(at, little)]],
  ["u8", [8, (view, at, little) => Number(view.getBigUint64(at, little))]],
  ["b1", [1, (view, at) => view.getUint8(at)]],
]);

/**
 * The rows of a NumPy file: (rows, columns) of floating-point numbers, whole ones or booleans, in either order of bytes and of axes.
 * Numbers of more than 24 bits are rounded to float32. Source: NumPy Enhancement Proposal 1 (format 1.0 to 3.0).
 *
 * @throws DataError if it is none, of another type or shape, has no rows, holds what is not finite in float32, or is cut short
 */
export function readNpy(path: string, bytes: Uint8Array): Embeddings {
  const refuse = (expected: string, got: string) => new DataError(`${path}: expected ${expected}, but got ${got}.`);
  if (bytes.length < 12 || texts.decode(bytes.subarray(1, 6)) !== "NUMPY" || bytes[0] !== 0x93) throw refuse("a NumPy file", "another");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wide = (bytes[6] as number) >= 2;
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  const start = (wide ? 12 : 10) + length;
  if (length > most || start > bytes.length) throw refuse("a whole NumPy file", "one cut short in its header");
  const header = texts.decode(bytes.subarray(start - length, start));
  const type = /'descr':\s*'([^']*)'/.exec(header)?.[1];
  const [width, read] = types.get(type?.slice(1) ?? "") ?? [];
  if (width === undefined || read === undefined) {
    throw refuse("numbers of the type float16 to float64, int8 to int64 or uint8 to uint64", type === undefined ? "no type" : show(type));
  }
  const [rows, columns] = tableShape(path, header);
  if (bytes.length - start !== rows * columns * width) {
    throw refuse(`${rows * columns * width} bytes of numbers for the shape (${rows}, ${columns})`, `${bytes.length - start}`);
  }
  const little = type?.[0] !== ">";
  const byColumn = /'fortran_order':\s*True/.test(header);
  const values = new Float32Array(rows * columns);
  for (let k = 0; k < values.length; k++) {
    const at = byColumn ? (k % columns) * rows + Math.floor(k / columns) : k;
    values[k] = singlePrecision(path, Math.floor(k / columns), read(view, start + at * width, little));
  }
  return new Embeddings(values, columns);
}

/** The numbers of rows and columns, each above 0. */
function tableShape(path: string, header: string): readonly [rows: number, columns: number] {
  const axes = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1]?.match(/-?\d+/g)?.map(Number) ?? [];
  const shape = `the shape (${axes.join(", ")})`;
  const [rows = 0, columns = 0] = axes;
  if (axes.length !== 2 || rows < 0 || columns < 0) {
    throw new DataError(`${path}: expected a table of rows and columns, but got ${shape}.`);
  }
  if (rows === 0) throw new DataError(`${path}: expected rows, but it has none: ${shape}.`);
  if (columns === 0) throw new DataError(`${path}: expected columns, but it has none: ${shape}.`);
  return [rows, columns];
}

/** IEEE 754's binary16. */
function half(bits: number): number {
  const [sign, exponent, part] = [bits >> 15 === 1 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  if (exponent === 31) return part === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? part * 2 ** -24 : (1 + part / 1024) * 2 ** (exponent - 15));
}
