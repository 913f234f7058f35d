import { type MarkerShape, markerPath } from "@semblant/answers/internals";
import type { Ellipse } from "../plane/ellipse.ts";
import { type Point, type Size, toScreen, type View } from "../plane/view.ts";
import { THUMBNAIL } from "./thumbnails.ts";

/** What is laid over the points. */
export interface Overlay {
  readonly ellipses: readonly { readonly ellipse: Ellipse; readonly color: string; readonly name: string }[];
  readonly pictures: readonly { readonly at: Point; readonly picture: ImageBitmap; readonly color: string; readonly isFaded: boolean }[];
  /** From the first point to each other. */
  readonly lines: readonly Point[];
  readonly marks: readonly { readonly at: Point; readonly shape: MarkerShape; readonly color: string; readonly strong: boolean }[];
  /** A line that is being drawn, in pixels. */
  readonly lasso: readonly Point[];
  readonly ink: string;
  readonly ground: string;
  readonly accent: string;
}

/** Where it is drawn; `ratio`: pixels of the canvas per pixel of the page. */
interface Drawn {
  readonly view: View;
  readonly size: Size;
  readonly ratio: number;
}

/** Draws it all; some hundred things, so that it takes a millisecond or two. Points are of the map. */
export function drawOverlay(context: CanvasRenderingContext2D, { view, size, ratio }: Drawn, overlay: Overlay): void {
  const on = ({ x, y }: Point) => toScreen(view, size, x, y);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, size.width, size.height);
  for (const { ellipse, color } of overlay.ellipses)
    drawEllipse(context, on(ellipse), { ...ellipse, scale: view.scale }, [overlay.ground, color]);
  drawLines(context, overlay.lines.map(on), overlay);
  for (const one of overlay.pictures) drawPicture(context, on(one.at), one, overlay.ground);
  for (const { at, ...mark } of overlay.marks) drawMark(context, on(at), mark, overlay);
  drawNames(
    context,
    overlay.ellipses.map(({ ellipse, name }) => ({ ...on(ellipse), name })),
    size,
    overlay,
  );
  drawLasso(context, overlay.lasso, overlay.accent);
}

function drawEllipse(
  context: CanvasRenderingContext2D,
  at: Point,
  { long, short, angle, scale }: Ellipse & { readonly scale: number },
  [ground, color]: readonly [string, string],
): void {
  context.beginPath();
  context.ellipse(at.x, at.y, long * scale, short * scale, -angle, 0, 2 * Math.PI);
  for (const [width, stroke] of [
    [4.5, ground],
    [2.25, color],
  ] as const) {
    context.lineWidth = width;
    context.strokeStyle = stroke;
    context.stroke();
  }
}

/** Height of a name. */
const LINE = 17;

/** Names of classes at their means, or just below where another stands, with the ground around each letter to be read over points. */
function drawNames(
  context: CanvasRenderingContext2D,
  names: readonly (Point & { readonly name: string })[],
  size: Size,
  { ink, ground }: Overlay,
): void {
  context.font = "600 13px system-ui, sans-serif";
  context.textBaseline = "middle";
  context.textAlign = "center";
  context.lineWidth = 4;
  context.lineJoin = "round";
  context.strokeStyle = ground;
  context.fillStyle = ink;
  const placed: { readonly x: number; readonly y: number; readonly half: number }[] = [];
  for (const { name, ...at } of names.toSorted((a, b) => a.y - b.y)) {
    const half = context.measureText(name).width / 2 + 6;
    if (at.x < -half || at.y < -LINE || at.x > size.width + half || at.y > size.height + LINE) continue;
    const x = Math.min(Math.max(at.x, half), size.width - half);
    let y = at.y;
    for (const other of placed) if (Math.abs(other.y - y) < LINE && Math.abs(other.x - x) < other.half + half) y = other.y + LINE;
    placed.push({ x, y, half });
    context.strokeText(name, x, y);
    context.fillText(name, x, y);
  }
}

function drawPicture(
  context: CanvasRenderingContext2D,
  at: Point,
  { picture, color, isFaded }: Overlay["pictures"][number],
  ground: string,
): void {
  const half = THUMBNAIL / 2;
  context.beginPath();
  context.roundRect(at.x - half - 2, at.y - half - 2, THUMBNAIL + 4, THUMBNAIL + 4, 9);
  context.fillStyle = ground;
  context.fill();
  context.globalAlpha = isFaded ? 0.3 : 1;
  context.fillStyle = color;
  context.fill();
  context.save();
  context.beginPath();
  context.roundRect(at.x - half, at.y - half, THUMBNAIL, THUMBNAIL, 7);
  context.clip();
  context.fillStyle = ground;
  context.fillRect(at.x - half, at.y - half, THUMBNAIL, THUMBNAIL);
  context.drawImage(picture, at.x - half, at.y - half, THUMBNAIL, THUMBNAIL);
  context.restore();
  context.globalAlpha = 1;
}

function drawLines(context: CanvasRenderingContext2D, [from, ...to]: readonly Point[], { ink, ground }: Overlay): void {
  if (from === undefined) return;
  context.beginPath();
  for (const { x, y } of to) {
    context.moveTo(from.x, from.y);
    context.lineTo(x, y);
  }
  for (const [width, stroke] of [
    [4, ground],
    [1.5, ink],
  ] as const) {
    context.lineWidth = width;
    context.strokeStyle = stroke;
    context.stroke();
  }
}

function drawMark(
  context: CanvasRenderingContext2D,
  { x, y }: Point,
  { shape, color, strong }: Omit<Overlay["marks"][number], "at">,
  { ink, ground, accent }: Overlay,
): void {
  context.beginPath();
  context.arc(x, y, strong ? 12 : 9, 0, 2 * Math.PI);
  context.fillStyle = ground;
  context.fill();
  context.lineWidth = strong ? 3 : 1.5;
  context.strokeStyle = strong ? accent : ink;
  context.stroke();
  context.fillStyle = color;
  context.fill(new Path2D(markerPath(shape, x, y, strong ? 6 : 4.5)));
}

function drawLasso(context: CanvasRenderingContext2D, line: readonly Point[], accent: string): void {
  const [first, ...rest] = line;
  if (first === undefined) return;
  context.beginPath();
  context.moveTo(first.x, first.y);
  for (const { x, y } of rest) context.lineTo(x, y);
  context.closePath();
  context.globalAlpha = 0.14;
  context.fillStyle = accent;
  context.fill();
  context.globalAlpha = 1;
  context.lineWidth = 2;
  context.strokeStyle = accent;
  context.setLineDash([6, 4]);
  context.stroke();
  context.setLineDash([]);
}
