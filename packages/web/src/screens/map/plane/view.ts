/** What of the map is seen: its point in the middle, and how many pixels of the page one unit takes. The map's y grows upward. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Least and greatest coordinates. */
export interface Bounds {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

const MARGIN = 0.06;
/** How much nearer than the whole map one can go. */
const NEAREST = 400;

/** Bounds of positions (rows, 2); of a unit square where there are none. */
export function boundsOf(positions: Float32Array): Bounds {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let j = 0; j < positions.length; j += 2) {
    const x = positions[j] as number;
    const y = positions[j + 1] as number;
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < bottom) bottom = y;
    if (y > top) top = y;
  }
  return left <= right ? { left, right, bottom, top } : { left: 0, right: 1, bottom: 0, top: 1 };
}

/** The view that shows bounds whole, with a margin. */
export function fit({ left, right, bottom, top }: Bounds, { width, height }: Size): View {
  const across = Math.max(right - left, 1e-9);
  const up = Math.max(top - bottom, 1e-9);
  const room = 1 - 2 * MARGIN;
  return {
    x: (left + right) / 2,
    y: (bottom + top) / 2,
    scale: Math.max(Math.min((width * room) / across, (height * room) / up), 1e-9),
  };
}

export function toScreen(view: View, { width, height }: Size, x: number, y: number): Point {
  return { x: width / 2 + (x - view.x) * view.scale, y: height / 2 - (y - view.y) * view.scale };
}

export function toMap(view: View, { width, height }: Size, x: number, y: number): Point {
  return { x: view.x + (x - width / 2) / view.scale, y: view.y - (y - height / 2) / view.scale };
}

/** Moved by pixels: what lay under the pointer stays under it. */
export function pan(view: View, dx: number, dy: number): View {
  return { ...view, x: view.x - dx / view.scale, y: view.y + dy / view.scale };
}

/** Nearer by a factor, with the point at (x, y) of the page where it was; never farther than half the whole, never too near. */
export function zoom(view: View, size: Size, factor: number, { at, whole }: { readonly at: Point; readonly whole: View }): View {
  const scale = Math.min(Math.max(view.scale * factor, whole.scale / 2), whole.scale * NEAREST);
  const fixed = toMap(view, size, at.x, at.y);
  return {
    x: fixed.x - (at.x - size.width / 2) / scale,
    y: fixed.y + (at.y - size.height / 2) / scale,
    scale,
  };
}

/** The view moved as little as makes (x, y) of the map lie at least `margin` pixels within. */
export function reveal(view: View, size: Size, { x, y }: Point, margin: number): View {
  const at = toScreen(view, size, x, y);
  const beyond = (value: number, length: number) => Math.min(0, value - margin) + Math.max(0, value - (length - margin));
  return pan(view, -beyond(at.x, size.width), -beyond(at.y, size.height));
}

export function boundsOfView(view: View, { width, height }: Size): Bounds {
  const [dx, dy] = [width / 2 / view.scale, height / 2 / view.scale];
  return { left: view.x - dx, right: view.x + dx, bottom: view.y - dy, top: view.y + dy };
}
