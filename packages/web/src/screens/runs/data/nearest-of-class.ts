/** The share of points whose nearest other point is of their class, 0 to 1; 0 where there are fewer than two. */
export function nearestOfClass(positions: readonly number[], labels: readonly number[]): number {
  const n = labels.length;
  if (n < 2) return 0;
  let hits = 0;
  for (let i = 0; i < n; i++) {
    let [best, found] = [Number.POSITIVE_INFINITY, -1];
    for (let j = 0; j < n; j++) {
      if (j === i) continue;
      const distance =
        ((positions[2 * i] ?? 0) - (positions[2 * j] ?? 0)) ** 2 + ((positions[2 * i + 1] ?? 0) - (positions[2 * j + 1] ?? 0)) ** 2;
      if (distance < best) [best, found] = [distance, j];
    }
    if (labels[found] === labels[i]) hits++;
  }
  return hits / n;
}
