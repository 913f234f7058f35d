import { nthSmallest } from "./nth-smallest.ts";

/** What one query's ranking of the gallery is worth, from 0 to 1. */
export interface RankingScores {
  /** At R. */
  readonly averagePrecision: number;
  readonly rPrecision: number;
  readonly reciprocalRank: number;
}

/**
 * Scores rankings of one gallery without sorting it: only the R nearest rows are looked at, and of those only the ones of the query's
 * class are put in order. The others are counted between them.
 */
export class QueryRanking {
  readonly #labels: ArrayLike<number>;
  readonly #scratch: Float64Array;
  /** The R nearest rows, by ascending row numbers. */
  readonly #rows: Int32Array;
  /** Squares of those of them that are of the query's class, ascending. */
  readonly #same: Float64Array;
  /** Of each place among those: rows of other classes that come right before it. */
  readonly #others: Int32Array;
  /** Of the first of several equally far: how many of them were passed already. */
  readonly #passed: Int32Array;

  /** @param labels class of each gallery row */
  constructor(labels: ArrayLike<number>) {
    this.#labels = labels;
    this.#scratch = new Float64Array(labels.length);
    this.#rows = new Int32Array(labels.length);
    this.#same = new Float64Array(labels.length);
    this.#others = new Int32Array(labels.length + 1);
    this.#passed = new Int32Array(labels.length + 1);
  }

  /**
   * @param squares (gallery): squared distances, infinite where a row may not be found
   * @param R how many rows of the query's class may be found, above 0
   */
  score(squares: Float64Array, label: number, R: number): RankingScores {
    const nearest = this.#findNearest(squares, R);
    const found = this.#sortSame(squares, label, nearest);
    this.#countOthers(squares, label, { nearest, found });
    let sum = 0;
    let rank = 0;
    for (let m = 0; m < found; m++) {
      rank += (this.#others[m] as number) + 1;
      sum += (m + 1) / rank;
    }
    const first = found > 0 ? (this.#others[0] as number) + 1 : this.#firstRank(squares, label);
    return { averagePrecision: sum / R, rPrecision: found / R, reciprocalRank: 1 / first };
  }

  /** The R nearest, fewer where fewer may be found; of those equally far, the smaller row numbers. */
  #findNearest(squares: Float64Array, R: number): number {
    this.#scratch.set(squares);
    const cut = nthSmallest(this.#scratch, squares.length, R - 1);
    let room = R;
    for (let j = 0; j < squares.length; j++) if ((squares[j] as number) < cut) room--;
    if (cut === Infinity) room = 0;
    let nearest = 0;
    for (let j = 0; j < squares.length; j++) {
      const square = squares[j] as number;
      if (square > cut) continue;
      if (square === cut && room-- <= 0) continue;
      this.#rows[nearest++] = j;
    }
    return nearest;
  }

  #sortSame(squares: Float64Array, label: number, nearest: number): number {
    let found = 0;
    for (let r = 0; r < nearest; r++) {
      const j = this.#rows[r] as number;
      if (this.#labels[j] === label) this.#same[found++] = squares[j] as number;
    }
    this.#same.subarray(0, found).sort();
    return found;
  }

  /** Rows come by ascending numbers: of those equally far, the ones passed already stand before. */
  #countOthers(squares: Float64Array, label: number, { nearest, found }: { nearest: number; found: number }): void {
    this.#others.fill(0, 0, found + 1);
    this.#passed.fill(0, 0, found + 1);
    for (let r = 0; r < nearest; r++) {
      const j = this.#rows[r] as number;
      const square = squares[j] as number;
      const place = this.#placeOf(square, found);
      const equal = place < found && this.#same[place] === square;
      if (this.#labels[j] === label) this.#passed[place] = (this.#passed[place] as number) + 1;
      else {
        const before = equal ? place + (this.#passed[place] as number) : place;
        this.#others[before] = (this.#others[before] as number) + 1;
      }
    }
  }

  /** How many of the query's class are nearer. */
  #placeOf(square: number, found: number): number {
    let low = 0;
    let high = found;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#same[middle] as number) < square) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Rank of the nearest row of the class in the whole gallery; infinite where none may be found. */
  #firstRank(squares: Float64Array, label: number): number {
    let nearest = Infinity;
    let row = -1;
    for (let j = 0; j < squares.length; j++) {
      if (this.#labels[j] !== label || !((squares[j] as number) < nearest)) continue;
      nearest = squares[j] as number;
      row = j;
    }
    if (row < 0) return Infinity;
    let rank = 1;
    for (let j = 0; j < squares.length; j++) {
      const square = squares[j] as number;
      if (square < nearest || (square === nearest && j < row)) rank++;
    }
    return rank;
  }
}
