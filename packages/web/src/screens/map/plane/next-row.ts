export type Direction = "left" | "right" | "up" | "down";

/**
 * The shown row that the eye meets next from a row in one direction, or −1: of those within 45° of it, the one that is nearest where what
 * lies aside counts double.
 */
export function nextRow(positions: Float32Array, from: number, direction: Direction, isShown: (row: number) => boolean): number {
  const [x, y] = [positions[2 * from] as number, positions[2 * from + 1] as number];
  const across = direction === "left" || direction === "right";
  const sign = direction === "left" || direction === "down" ? -1 : 1;
  let best = -1;
  let least = Infinity;
  for (let row = 0; row < positions.length / 2; row++) {
    const dx = (positions[2 * row] as number) - x;
    const dy = (positions[2 * row + 1] as number) - y;
    const along = sign * (across ? dx : dy);
    const aside = Math.abs(across ? dy : dx);
    if (along <= 0 || aside > along) continue;
    const cost = along + 2 * aside;
    if (cost < least && row !== from && isShown(row)) [best, least] = [row, cost];
  }
  return best;
}
