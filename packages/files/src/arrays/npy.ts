import type { Embeddings } from "@semblant/core";

/**
 * The vectors as NumPy's `np.load` reads them: format 1.0, `<f4`, C order, shape (rows, columns).
 * Source: NumPy Enhancement Proposal 1.
 */
export function npy(X: Embeddings): Uint8Array {
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': (${X.rows}, ${X.columns}), }`;
  const unpadded = 10 + dictionary.length + 1;
  const headerLength = dictionary.length + 1 + ((64 - (unpadded % 64)) % 64);
  const bytes = new Uint8Array(10 + headerLength + X.values.length * 4);
  const view = new DataView(bytes.buffer);
  bytes.set([0x93, ...new TextEncoder().encode("NUMPY"), 1, 0]);
  view.setUint16(8, headerLength, true);
  bytes.set(new TextEncoder().encode(`${dictionary.padEnd(headerLength - 1)}\n`), 10);
  X.values.forEach((value, i) => {
    view.setFloat32(10 + headerLength + 4 * i, value, true);
  });
  return bytes;
}
