// A TensorFlow Lite file as plain objects: the parts of its schema that the converter needs, read from the FlatBuffer as it lies.

/** @typedef {{ name: string, shape: number[], type: number, data?: Uint8Array }} TfliteTensor */
/** @typedef {{ code: number, inputs: number[], outputs: number[], options?: Table }} TfliteOperator */
/** @typedef {{ tensors: TfliteTensor[], operators: TfliteOperator[], inputs: number[], outputs: number[] }} TfliteGraph */

/**
 * @param {Uint8Array} file
 * @returns {TfliteGraph} the first (and in our files only) subgraph
 * @throws {Error} if it is no such file
 */
export function readTflite(file) {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (String.fromCharCode(...file.subarray(4, 8)) !== "TFL3") throw new Error("tflite: expected a file that says TFL3, but it does not.");
  const model = new Table(view, view.getUint32(0, true));
  const codes = model.tables(1).map((code) => Math.max(code.byte(0), code.int(3)));
  const buffers = model.tables(4);
  const [graph] = model.tables(2);
  return {
    tensors: graph.tables(0).map((tensor) => {
      const data = buffers[tensor.int(2)]?.bytes(0);
      return { name: tensor.text(3), shape: tensor.ints(0), type: tensor.byte(1), ...(data?.length && { data }) };
    }),
    inputs: graph.ints(1),
    outputs: graph.ints(2),
    operators: graph.tables(3).map((operator) => ({
      code: codes[operator.int(0)],
      inputs: operator.ints(1),
      outputs: operator.ints(2),
      options: operator.table(4),
    })),
  };
}

/** A table of a FlatBuffer: fields by their number in the schema, each where the table's own list says, or absent. */
export class Table {
  constructor(view, at) {
    this.view = view;
    this.at = at;
    this.list = at - view.getInt32(at, true);
  }

  #place(field) {
    const entry = 4 + 2 * field;
    const offset = entry < this.view.getUint16(this.list, true) ? this.view.getUint16(this.list + entry, true) : 0;
    return offset === 0 ? undefined : this.at + offset;
  }

  byte(field, otherwise = 0) {
    const place = this.#place(field);
    return place === undefined ? otherwise : this.view.getInt8(place);
  }

  int(field, otherwise = 0) {
    const place = this.#place(field);
    return place === undefined ? otherwise : this.view.getInt32(place, true);
  }

  #target(field) {
    const place = this.#place(field);
    return place === undefined ? undefined : place + this.view.getUint32(place, true);
  }

  table(field) {
    const at = this.#target(field);
    return at === undefined ? undefined : new Table(this.view, at);
  }

  #vector(field) {
    const at = this.#target(field);
    return at === undefined ? { count: 0, first: 0 } : { count: this.view.getUint32(at, true), first: at + 4 };
  }

  tables(field) {
    const { count, first } = this.#vector(field);
    return Array.from({ length: count }, (_, i) => {
      const place = first + 4 * i;
      return new Table(this.view, place + this.view.getUint32(place, true));
    });
  }

  ints(field) {
    const { count, first } = this.#vector(field);
    return Array.from({ length: count }, (_, i) => this.view.getInt32(first + 4 * i, true));
  }

  bytes(field) {
    const { count, first } = this.#vector(field);
    return new Uint8Array(this.view.buffer, this.view.byteOffset + first, count);
  }

  text(field) {
    return new TextDecoder().decode(this.bytes(field));
  }
}
