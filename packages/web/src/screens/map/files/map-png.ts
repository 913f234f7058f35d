import { markerPath } from "@semblant/answers/internals";
import * as Comlink from "comlink";
import type { PainterWork } from "../paint/painter-worker.ts";
import { toScreen } from "../plane/view.ts";
import type { DrawnMap } from "./map-svg.ts";

/** Pixels of the picture per pixel of the page. */
const SHARP = 2;
const LINE = 20;

/** A map as a picture, twice as sharp as on the page, with its legend below. */
export async function mapPng({ view, size, positions, groups, lines, radius, ground, ink }: DrawnMap): Promise<Blob> {
  const bitmap = await painted({ view, size, positions, groups, lines, radius, ground });
  const canvas = document.createElement("canvas");
  canvas.width = size.width * SHARP;
  canvas.height = (size.height + LINE * lines.length + 8) * SHARP;
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("This browser draws nothing.");
  context.scale(SHARP, SHARP);
  context.fillStyle = ground;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0, size.width, size.height);
  bitmap.close();
  context.save();
  context.beginPath();
  context.rect(0, 0, size.width, size.height);
  context.clip();
  for (const { ellipse, color } of lines) {
    if (ellipse === undefined) continue;
    const { x, y } = toScreen(view, size, ellipse.x, ellipse.y);
    context.beginPath();
    context.ellipse(x, y, ellipse.long * view.scale, ellipse.short * view.scale, -ellipse.angle, 0, 2 * Math.PI);
    context.strokeStyle = color;
    context.lineWidth = 2;
    context.stroke();
  }
  context.restore();
  context.font = "13px system-ui, sans-serif";
  for (const [i, { name, color, shape }] of lines.entries()) {
    const y = size.height + LINE * (i + 0.5);
    context.fillStyle = color;
    context.fill(new Path2D(markerPath(shape, 10, y, 5)));
    context.fillStyle = ink;
    context.fillText(name, 22, y + 4);
  }
  return new Promise((made, fail) =>
    canvas.toBlob((blob) => (blob === null ? fail(new Error("The picture is too large for this browser.")) : made(blob)), "image/png"),
  );
}

/** The points alone, by the worker that draws them on the page. */
async function painted({ view, size, positions, groups, lines, radius, ground }: Omit<DrawnMap, "title" | "ink">): Promise<ImageBitmap> {
  const worker = new Worker(new URL("../paint/painter-worker.ts", import.meta.url), { type: "module" });
  try {
    const painter = Comlink.wrap<PainterWork>(worker);
    const color = (hex: string) => Number.parseInt(hex.slice(1), 16);
    await painter.take({ positions, groups, styles: lines.map((line) => ({ color: color(line.color), shape: line.shape })) });
    const stand = { x: view.x, y: view.y, scale: view.scale * SHARP, radius: radius * SHARP, ground: color(ground), opacity: 1 };
    return (await painter.paint(stand, Math.round(size.width * SHARP), Math.round(size.height * SHARP))).bitmap;
  } finally {
    worker.terminate();
  }
}
