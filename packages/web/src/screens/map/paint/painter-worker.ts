import * as Comlink from "comlink";
import { type Points, paintPoints, type Stand } from "./paint-points.ts";
import { canvasSprites } from "./sprites.ts";

export interface Painted {
  readonly bitmap: ImageBitmap;
  readonly drawn: number;
  readonly milliseconds: number;
}

/** Draws the map away from the page's own thread. */
function makePainter() {
  const sprites = canvasSprites();
  let points: Points = { positions: new Float32Array(), groups: new Uint8Array(), styles: [] };
  let canvas = new OffscreenCanvas(1, 1);
  let image = new ImageData(1, 1);

  function paint(stand: Stand, width: number, height: number): number {
    if (canvas.width !== width || canvas.height !== height) {
      canvas = new OffscreenCanvas(width, height);
      image = new ImageData(width, height);
    }
    const values = new Uint32Array(image.data.buffer);
    const drawn = paintPoints({ values, width, height }, points, stand, sprites);
    context(canvas).putImageData(image, 0, 0);
    return drawn;
  }

  return {
    /** Parts of the points that changed. */
    take(changed: Partial<Points>): void {
      points = { ...points, ...changed };
    },
    paint(stand: Stand, width: number, height: number): Painted {
      const start = performance.now();
      const drawn = paint(stand, width, height);
      const bitmap = canvas.transferToImageBitmap();
      return Comlink.transfer({ bitmap, drawn, milliseconds: performance.now() - start }, [bitmap]);
    },
  };
}

function context(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const made = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
  if (made === null) throw new Error("This browser draws nothing off the screen.");
  return made;
}

export type PainterWork = ReturnType<typeof makePainter>;

Comlink.expose(makePainter());
