import { squaredDistance } from "../embeddings/distances.ts";

/** Ranges of at most this many rows are searched one by one: below it a vantage point costs more than it spares. */
const LEAF = 24;
/** What rounding may take from the triangle inequality, as a part of the distances compared. */
const SLACK = 1e-12;

/**
 * Rows in an order in which near ones lie together, for exact nearest neighbours by the triangle inequality (Yianilos 1993; what
 * van der Maaten 2014 searches with).
 *
 * Every range of rows begins with its vantage point, the row farthest from the vantage point of the range around it; then come the
 * half of the rows that lie nearer to it and the half that lie farther, each again such a range. How near and how far either half
 * goes is kept, so that a search passes by halves that cannot hold a nearer row. Nothing is drawn at random, and as the search is
 * exact its answers do not depend on the tree.
 */
export class VantagePointTree {
  readonly rows: number;
  readonly columns: number;
  /** (rows): the row number at each place of the order. */
  readonly order: Int32Array;
  /** (rows, columns): the points in the order of the tree. */
  readonly #points: Float64Array;
  /** (rows, 4): at the place of a vantage point, the least and greatest distance from it of its nearer and its farther half. */
  readonly #reach: Float64Array;
  // The search under way: nearest first, by square and then row.
  #query: Float64Array = new Float64Array(0);
  #at = 0;
  #itself = -1;
  #squares: Float64Array = new Float64Array(0);
  #found: Int32Array = new Int32Array(0);

  /** @param points (rows, columns), all finite */
  constructor(points: Float64Array, columns: number) {
    this.rows = points.length / columns;
    this.columns = columns;
    this.order = Int32Array.from({ length: this.rows }, (_, i) => i);
    this.#reach = new Float64Array(this.rows * 4);
    const distances = new Float64Array(this.rows).map((_, i) => squaredDistance(points, i, points, 0, columns));
    this.#divide(points, distances, 0, this.rows);
    this.#points = new Float64Array(points.length);
    this.order.forEach((row, place) => {
      this.#points.set(points.subarray(row * columns, (row + 1) * columns), place * columns);
    });
  }

  /**
   * The k rows nearest to row `at` of `query`, nearest first, the smaller row number of equals first; written from `to` on.
   *
   * @param itself the row of the tree that is not to be found, or −1
   */
  search(query: Float64Array, at: number, itself: number, rows: Int32Array, squares: Float64Array, to: number, k: number): void {
    this.#query = query;
    this.#at = at;
    this.#itself = itself;
    this.#found = rows.subarray(to, to + k).fill(-1);
    this.#squares = squares.subarray(to, to + k).fill(Infinity);
    this.#visit(0, this.rows);
  }

  /** Orders the places from `first` to `end`; `distances` holds their squared distances from the vantage point around. */
  #divide(points: Float64Array, distances: Float64Array, first: number, end: number): void {
    if (end - first <= LEAF) return;
    const { order, columns } = this;
    let farthest = first;
    for (let place = first + 1; place < end; place++) {
      if ((distances[place] as number) > (distances[farthest] as number)) farthest = place;
    }
    swap(order, first, farthest);
    const vantage = order[first] as number;
    for (let place = first + 1; place < end; place++) {
      distances[place] = squaredDistance(points, order[place] as number, points, vantage, columns);
    }
    const middle = middleOf(first, end);
    select(order, distances, first + 1, end - 1, middle);
    this.#reach.set(extent(distances, first + 1, middle), first * 4);
    this.#reach.set(extent(distances, middle, end), first * 4 + 2);
    this.#divide(points, distances, first + 1, middle);
    this.#divide(points, distances, middle, end);
  }

  #visit(first: number, end: number): void {
    if (end - first <= LEAF) {
      for (let place = first; place < end; place++) this.#compare(place, this.#farthest());
      return;
    }
    const distance = Math.sqrt(this.#compare(first, Infinity));
    const middle = middleOf(first, end);
    const nearerFirst = distance < ((this.#reach[first * 4 + 1] as number) + (this.#reach[first * 4 + 2] as number)) / 2;
    if (nearerFirst && this.#mayHold(first * 4, distance)) this.#visit(first + 1, middle);
    if (this.#mayHold(first * 4 + 2, distance)) this.#visit(middle, end);
    if (!nearerFirst && this.#mayHold(first * 4, distance)) this.#visit(first + 1, middle);
  }

  /** Whether rows at these distances from a vantage point may be as near to the query, `distance` from it, as the farthest found. */
  #mayHold(at: number, distance: number): boolean {
    const least = this.#reach[at] as number;
    const greatest = this.#reach[at + 1] as number;
    const apart = Math.max(distance - greatest, least - distance) - SLACK * (distance + greatest);
    return !(apart > 0 && apart * apart > this.#farthest());
  }

  #farthest(): number {
    return this.#squares[this.#squares.length - 1] as number;
  }

  /** The squared distance of the row at this place, exact up to `limit`; the row is taken among the nearest if it belongs there. */
  #compare(place: number, limit: number): number {
    const squares = this.#squares;
    const found = this.#found;
    const square = squaredDistance(this.#query, this.#at, this.#points, place, this.columns, limit);
    let at = squares.length - 1;
    if (square > (squares[at] as number)) return square;
    const row = this.order[place] as number;
    if (row === this.#itself || (square === squares[at] && row > (found[at] as number) && found[at] !== -1)) return square;
    for (; at > 0; at--) {
      const before = squares[at - 1] as number;
      if (before < square || (before === square && (found[at - 1] as number) < row)) break;
      squares[at] = before;
      found[at] = found[at - 1] as number;
    }
    squares[at] = square;
    found[at] = row;
    return square;
  }
}

/**
 * The k nearest other rows of every row, exact: rows and squared distances, both (rows, k), nearest first, the smaller row
 * number of equals first.
 */
export function nearestOthers(points: Float64Array, columns: number, k: number): { rows: Int32Array; squares: Float64Array } {
  const tree = new VantagePointTree(points, columns);
  const rows = new Int32Array(tree.rows * k);
  const squares = new Float64Array(tree.rows * k);
  for (const row of tree.order) tree.search(points, row, row, rows, squares, row * k, k);
  return { rows, squares };
}

const middleOf = (first: number, end: number) => first + 1 + ((end - first - 1) >> 1);

function swap(order: Int32Array, i: number, j: number): void {
  const kept = order[i] as number;
  order[i] = order[j] as number;
  order[j] = kept;
}

/** The least and greatest distance, of squares. */
function extent(squares: Float64Array, first: number, end: number): [number, number] {
  let least = Infinity;
  let greatest = 0;
  for (let i = first; i < end; i++) {
    least = Math.min(least, squares[i] as number);
    greatest = Math.max(greatest, squares[i] as number);
  }
  return [Math.sqrt(least), Math.sqrt(greatest)];
}

/** Hoare's selection: afterwards no key before place `nth` is above the one there, and none after it below. */
function select(order: Int32Array, keys: Float64Array, first: number, last: number, nth: number): void {
  let low = first;
  let high = last;
  while (low < high) {
    const pivot = keys[(low + high) >> 1] as number;
    let i = low;
    let j = high;
    while (i <= j) {
      while ((keys[i] as number) < pivot) i++;
      while ((keys[j] as number) > pivot) j--;
      if (i > j) break;
      const key = keys[i] as number;
      keys[i] = keys[j] as number;
      keys[j] = key;
      swap(order, i++, j--);
    }
    if (nth <= j) high = j;
    else if (nth >= i) low = i;
    else return;
  }
}
