/**
 * (columns, columns) of the rows of its lower triangle, as a card has it; zeros above.
 *
 * @example
 * fromTriangle([1, 2, 3], 2); // Float64Array [1, 0, 2, 3]
 */
export function fromTriangle(triangle: readonly number[], columns: number): Float64Array {
  const square = new Float64Array(columns ** 2);
  let from = 0;
  for (let row = 0; row < columns; row++) {
    square.set(triangle.slice(from, from + row + 1), row * columns);
    from += row + 1;
  }
  return square;
}

/**
 * The rows of the lower triangle of a matrix, one after the other: columns · (columns + 1) / 2 numbers.
 *
 * @example
 * toTriangle(Float64Array.of(1, 9, 2, 3), 2); // [1, 2, 3]
 */
export function toTriangle(square: Float64Array, columns: number): number[] {
  return Array.from({ length: columns }, (_, row) => Array.from(square.subarray(row * columns, row * columns + row + 1))).flat();
}
