import { ShapeError, show } from "../errors.ts";
import { conversionOf, isTyped, kindOf } from "../lists.ts";

/** What is known of each row beside its vector. Every list has one entry per row. */
export interface RowFacts {
  /** File name or row key. */
  readonly ids?: readonly string[];
  /** Class index of each row, into `classes`. */
  readonly labels?: Int32Array;
  /** Distribution over `classes` of the people who labelled the row: (rows, classes), each row sums to 1. */
  readonly votes?: Float32Array;
  /** Class names, in the order of the labels. */
  readonly classes?: readonly string[];
  /** Who is in each row; empty where that is not known. */
  readonly people?: readonly string[];
  /** The recording that each row is one frame or one view of; empty where that is not known. */
  readonly sequences?: readonly string[];
}

/**
 * Points in the learned space: `rows` vectors of `columns` numbers, one after the other, with what is known of each.
 * What is measured is measured on this; what is differentiated is a tensor.
 *
 * @throws ShapeError if values or facts are lists of another kind, or their number disagrees with rows and columns
 *
 * @example
 * const X = new Embeddings(Float32Array.of(0, 0, 3, 4), 2, { labels: Int32Array.of(0, 1) });
 * X.rows; // 2
 * X.row(1); // Float32Array [3, 4]
 */
export class Embeddings implements RowFacts {
  readonly values: Float32Array;
  readonly rows: number;
  readonly columns: number;
  declare readonly ids?: readonly string[];
  declare readonly labels?: Int32Array;
  declare readonly votes?: Float32Array;
  declare readonly classes?: readonly string[];
  declare readonly people?: readonly string[];
  declare readonly sequences?: readonly string[];

  constructor(values: Float32Array, columns: number, facts: RowFacts = {}) {
    if (!isTyped(values, "Float32Array")) throw wrongList("values", "Float32Array", values);
    if (!Number.isInteger(columns) || columns < 1) {
      throw new ShapeError(`Embeddings: expected columns to be a whole number above 0, but got ${show(columns)}.`);
    }
    if (values.length % columns !== 0) {
      throw new ShapeError(`Embeddings: ${values.length} values do not divide into rows of ${columns}.`);
    }
    this.values = values;
    this.columns = columns;
    this.rows = values.length / columns;
    const { ids, labels, votes, classes, people, sequences } = facts;
    refuseOtherLists(facts);
    if (ids !== undefined) this.ids = sameLength("ids", ids, this.rows);
    if (labels !== undefined) this.labels = sameLength("labels", labels, this.rows);
    if (classes !== undefined) this.classes = classes;
    if (people !== undefined) this.people = sameLength("people", people, this.rows);
    if (sequences !== undefined) this.sequences = sameLength("sequences", sequences, this.rows);
    if (votes !== undefined) this.votes = sameLength("votes", votes, this.rows * (classes?.length ?? votes.length / this.rows));
  }

  /**
   * Row i as a view of (columns): writing to it writes to the embeddings.
   *
   * @throws ShapeError if i is not a whole number from 0 to rows − 1
   */
  row(i: number): Float32Array {
    if (!(Number.isInteger(i) && i >= 0 && i < this.rows)) throw this.#noRow("row", "i", i);
    return this.values.subarray(i * this.columns, (i + 1) * this.columns);
  }

  /**
   * The rows asked for, in that order, with their facts; a row may be asked for twice.
   *
   * @throws ShapeError if the rows are not a list of whole numbers from 0 to rows − 1
   */
  take(rows: ArrayLike<number>): Embeddings {
    if (!Array.isArray(rows) && !ArrayBuffer.isView(rows)) {
      throw new ShapeError(`Embeddings.take: expected rows to be a list of row numbers, but got ${show(rows)}.`);
    }
    for (let k = 0; k < rows.length; k++) {
      const i = rows[k] as number;
      if (!(Number.isInteger(i) && i >= 0 && i < this.rows)) throw this.#noRow("take", `rows[${k}]`, i);
    }
    const C = this.classes?.length ?? (this.votes ? this.votes.length / this.rows : 0);
    const values = new Float32Array(rows.length * this.columns);
    const labels = this.labels && new Int32Array(rows.length);
    const votes = this.votes && new Float32Array(rows.length * C);
    const texts = (list: readonly string[] | undefined) => list && Array.from(rows, (i) => list[i] as string);
    const [ids, people, sequences] = [texts(this.ids), texts(this.people), texts(this.sequences)];
    for (let k = 0; k < rows.length; k++) {
      const i = rows[k] as number;
      values.set(this.row(i), k * this.columns);
      if (labels) labels[k] = this.labels?.[i] as number;
      if (votes) votes.set((this.votes as Float32Array).subarray(i * C, (i + 1) * C), k * C);
    }
    return new Embeddings(values, this.columns, {
      ...(ids && { ids }),
      ...(labels && { labels }),
      ...(votes && { votes }),
      ...(this.classes && { classes: this.classes }),
      ...(people && { people }),
      ...(sequences && { sequences }),
    });
  }

  #noRow(method: string, name: string, got: unknown): ShapeError {
    const expected = this.rows === 0 ? "no row, since there is none" : `a whole number from 0 to ${this.rows - 1}`;
    return new ShapeError(`Embeddings.${method}: expected ${name} to be ${expected}, but got ${show(got)}.`);
  }
}

/** Facts in lists of another kind would be read wrongly later, far from where they were given. */
function refuseOtherLists({ ids, labels, votes, classes, people, sequences }: RowFacts): void {
  if (labels !== undefined && !isTyped(labels, "Int32Array")) throw wrongList("labels", "Int32Array", labels);
  if (votes !== undefined && !isTyped(votes, "Float32Array")) throw wrongList("votes", "Float32Array", votes);
  if (ids !== undefined && !Array.isArray(ids)) throw noTexts("ids", ids);
  if (classes !== undefined && !Array.isArray(classes)) throw noTexts("classes", classes);
  if (people !== undefined && !Array.isArray(people)) throw noTexts("people", people);
  if (sequences !== undefined && !Array.isArray(sequences)) throw noTexts("sequences", sequences);
}

function wrongList(name: string, kind: string, got: unknown): ShapeError {
  const conversion = conversionOf(got, name, kind);
  const advice = conversion === undefined ? "" : `\n  ${conversion}`;
  return new ShapeError(
    `Embeddings: expected ${name} to be ${kind === "Int32Array" ? "an" : "a"} ${kind}, but got ${kindOf(got)}.${advice}`,
  );
}

function noTexts(name: string, got: unknown): ShapeError {
  return new ShapeError(`Embeddings: expected ${name} to be an array of texts, but got ${kindOf(got)}.`);
}

function sameLength<T extends { length: number }>(name: string, list: T, expected: number): T {
  if (list.length === expected) return list;
  throw new ShapeError(`Embeddings: expected ${expected} ${name}, one for each row, but got ${list.length}.`);
}
