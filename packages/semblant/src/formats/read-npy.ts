import { DataError, Embeddings, show } from "@semblant/core";

const most = 2 ** 20;
const texts = new TextDecoder("latin1");

/**
 * The rows of a NumPy file: (rows, columns) of float16, float32 or float64, in either order of bytes and of axes.
 * Source: NumPy Enhancement Proposal 1 (format 1.0 to 3.0).
 *
 * @throws DataError if it is none, of another type or shape, or cut short
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
  const [order, width] = [type?.[0], { f2: 2, f4: 4, f8: 8 }[type?.slice(1) ?? ""]];
  if (width === undefined) throw refuse("numbers of the type float16, float32 or float64", type === undefined ? "no type" : show(type));
  const axes = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1]?.match(/\d+/g)?.map(Number) ?? [];
  const [rows = 0, columns = 0] = axes;
  if (axes.length !== 2 || rows < 1 || columns < 1) throw refuse("a table of rows and columns", `the shape (${axes.join(", ")})`);
  if (bytes.length - start !== rows * columns * width) {
    throw refuse(`${rows * columns * width} bytes of numbers for the shape (${rows}, ${columns})`, `${bytes.length - start}`);
  }
  const little = order !== ">";
  const number = { 2: (at: number) => half(view.getUint16(at, little)), 4: (at: number) => view.getFloat32(at, little) }[width];
  const read = number ?? ((at: number) => view.getFloat64(at, little));
  const byColumn = /'fortran_order':\s*True/.test(header);
  const values = new Float32Array(rows * columns);
  for (let k = 0; k < values.length; k++) {
    const at = byColumn ? (k % columns) * rows + Math.floor(k / columns) : k;
    values[k] = read(start + at * width);
  }
  return new Embeddings(values, columns);
}

/** IEEE 754's binary16. */
function half(bits: number): number {
  const [sign, exponent, part] = [bits >> 15 === 1 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  if (exponent === 31) return part === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? part * 2 ** -24 : (1 + part / 1024) * 2 ** (exponent - 15));
}
