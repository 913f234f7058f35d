/** Shapes that stay apart at a few points across. */
export const shapes = ["circle", "triangle", "diamond", "triangle down", "square", "cross", "plus", "star"] as const;
export type MarkerShape = (typeof shapes)[number];

const n = (value: number) => String(Math.round(value * 100) / 100);

/**
 * A marker's outline as SVG path data around (x, y), about as large to the eye as a circle of that radius, whatever its shape.
 *
 * @example
 * markerPath("square", 10, 10, 2); // "M8.23,8.23L11.77,8.23L11.77,11.77L8.23,11.77Z"
 */
export function markerPath(shape: MarkerShape, x: number, y: number, radius: number): string {
  if (shape === "circle") {
    const r = n(radius);
    return `M${n(x - radius)},${n(y)}a${r},${r} 0 1 0 ${n(2 * radius)},0a${r},${r} 0 1 0 ${n(-2 * radius)},0Z`;
  }
  const corners = outlines[shape];
  return `M${corners.map(([u, v]) => `${n(x + radius * u)},${n(y + radius * v)}`).join("L")}Z`;
}

type Corner = readonly [number, number];

const polygon = (corners: number, turn: number, size: number, inner?: number): Corner[] =>
  Array.from({ length: inner === undefined ? corners : 2 * corners }, (_, k) => {
    const angle = turn + (2 * Math.PI * k) / (inner === undefined ? corners : 2 * corners);
    const r = inner !== undefined && k % 2 === 1 ? inner : size;
    return [r * Math.cos(angle), r * Math.sin(angle)];
  });

/** A plus whose arms reach `size` and are `arm` from the middle line to the edge. */
const arms = (size: number, arm: number): Corner[] => [
  [-arm, -size],
  [arm, -size],
  [arm, -arm],
  [size, -arm],
  [size, arm],
  [arm, arm],
  [arm, size],
  [-arm, size],
  [-arm, arm],
  [-size, arm],
  [-size, -arm],
  [-arm, -arm],
];

const turned = (corners: readonly Corner[]): Corner[] => corners.map(([u, v]) => [(u - v) * Math.SQRT1_2, (u + v) * Math.SQRT1_2]);
const side = Math.sqrt(Math.PI) / 2;

const outlines: Readonly<Record<Exclude<MarkerShape, "circle">, readonly Corner[]>> = {
  triangle: polygon(3, -Math.PI / 2, 1.4),
  "triangle down": polygon(3, Math.PI / 2, 1.4),
  diamond: polygon(4, 0, 1.3),
  square: [
    [-side, -side],
    [side, -side],
    [side, side],
    [-side, side],
  ],
  cross: turned(arms(1.25, 0.38)),
  plus: arms(1.25, 0.38),
  star: polygon(5, -Math.PI / 2, 1.45, 0.6),
};
