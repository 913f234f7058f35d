import * as Comlink from "comlink";
import type { Size, View } from "../plane/view.ts";
import type { Points } from "./paint-points.ts";
import type { PainterWork } from "./painter-worker.ts";

/** How much wider than what is seen the picture is drawn, so that moving it a little shows no empty edge. */
const BEYOND = 1.3;
/** The most pixels of a picture: sharper ones take longer than a person waits. */
const MOST_PIXELS = 9e6;
/** So many rows are drawn whole; fewer let each other shine through. */
const CROWD = 6000;

/** How the points came out, for whoever measures. */
export interface PaintedFrame {
  readonly drawn: number;
  readonly milliseconds: number;
}

/**
 * The canvas of the points. A worker draws it; until a new picture is there, the last one is moved and scaled to its place. That costs
 * the page next to nothing however many points there are.
 */
export class PointsLayer {
  readonly canvas: HTMLCanvasElement;
  readonly #context: ImageBitmapRenderingContext;
  readonly #worker: Worker;
  readonly #painter: Comlink.Remote<PainterWork>;
  readonly #onPainted: ((frame: PaintedFrame) => void) | undefined;
  #rows = 0;
  #ground = 0xffffff;
  #wanted: { readonly view: View; readonly size: Size; readonly radius: number } | undefined;
  #shown: { readonly view: View; readonly size: Size; readonly edge: number } | undefined;
  #busy = false;
  #over = false;

  constructor(canvas: HTMLCanvasElement, onPainted?: (frame: PaintedFrame) => void) {
    const context = canvas.getContext("bitmaprenderer", { alpha: false });
    if (context === null) throw new Error("This browser shows no pictures that a worker draws.");
    this.canvas = canvas;
    this.#context = context;
    this.#onPainted = onPainted;
    this.#worker = new Worker(new URL("./painter-worker.ts", import.meta.url), { type: "module" });
    this.#painter = Comlink.wrap<PainterWork>(this.#worker);
  }

  /** Parts of the points that changed, which are copied; and the ground as 0xRRGGBB. */
  take({ ground, ...changed }: Partial<Points> & { readonly ground?: number }): void {
    if (ground !== undefined) this.#ground = ground;
    if (changed.positions !== undefined) this.#rows = changed.positions.length / 2;
    void this.#painter.take(changed);
    if (this.#wanted !== undefined) this.#wanted = { ...this.#wanted }; // the same view, drawn anew
    this.#next();
  }

  /** Shows a view: at once by moving what is there, and drawn anew as soon as the worker can. */
  show(view: View, size: Size, radius: number): void {
    this.#wanted = { view, size, radius };
    this.#place();
    this.#next();
  }

  close(): void {
    this.#over = true;
    this.#painter[Comlink.releaseProxy]();
    this.#worker.terminate();
  }

  #place(): void {
    if (this.#wanted === undefined || this.#shown === undefined) return;
    const { view, size } = this.#wanted;
    const { view: drawn, edge } = this.#shown;
    const times = view.scale / drawn.scale;
    const dx = (drawn.x - view.x) * view.scale + size.width / 2 - (times * this.#shown.size.width * edge) / 2;
    const dy = (view.y - drawn.y) * view.scale + size.height / 2 - (times * this.#shown.size.height * edge) / 2;
    this.canvas.style.transform = `translate(${dx}px, ${dy}px) scale(${times})`;
  }

  /** One picture is drawn at a time; what was wanted meanwhile comes next. */
  #next(): void {
    if (this.#busy || this.#wanted === undefined) return;
    this.#busy = true;
    const wanted = this.#wanted;
    this.#draw(wanted)
      .catch((error: unknown) => {
        if (!this.#over) reportError(error);
      })
      .finally(() => {
        this.#busy = false;
        if (!this.#over && this.#wanted !== wanted) this.#next();
      });
  }

  async #draw({ view, size, radius }: { readonly view: View; readonly size: Size; readonly radius: number }): Promise<void> {
    const [width, height] = [size.width * BEYOND, size.height * BEYOND];
    const ratio = Math.min(devicePixelRatio, 2, Math.sqrt(MOST_PIXELS / Math.max(width * height, 1)));
    const stand = {
      x: view.x,
      y: view.y,
      scale: view.scale * ratio,
      radius: Math.round(4 * ratio * radius) / 4,
      ground: this.#ground,
      opacity: this.#rows > CROWD ? 1 : 0.86,
    };
    const [across, down] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
    const { bitmap, ...frame } = await this.#painter.paint(stand, across, down);
    if (this.#over) return bitmap.close();
    this.#context.transferFromImageBitmap(bitmap);
    this.canvas.style.width = `${across / ratio}px`;
    this.canvas.style.height = `${down / ratio}px`;
    this.#shown = { view, size: { width: across / ratio / BEYOND, height: down / ratio / BEYOND }, edge: BEYOND };
    this.#place();
    this.#onPainted?.(frame);
  }
}

/** Of a point on the page, in pixels: smaller where there are many, larger the nearer one goes. */
export function radiusOf(rows: number, { width, height }: Size, nearness: number): number {
  const room = 0.32 * Math.sqrt((width * height) / Math.max(rows, 1));
  return Math.min(Math.max(room, 1.75), 6) * Math.min(Math.max(nearness, 1) ** 0.3, 2.2);
}
