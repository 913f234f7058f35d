import { type Bounds, boundsOf, fit, type Point, pan, reveal, type Size, type View, zoom } from "../plane/view.ts";

/** Milliseconds that a step of the view takes. */
const GLIDE = 180;

/** Which part of the map is seen, and how that changes. */
export class Camera {
  size: Size = { width: 1, height: 1 };
  bounds: Bounds = { left: 0, right: 1, bottom: 0, top: 1 };
  whole: View = { x: 0, y: 0, scale: 1 };
  view: View = this.whole;
  /** Whether a person moved it: then it does not follow the points. */
  #isMoved = false;
  #glide = 0;
  readonly #onView: () => void;

  constructor(onView: () => void) {
    this.#onView = onView;
  }

  /** The points moved, or the page was given another size. */
  take({ positions, size }: { readonly positions?: Float32Array; readonly size?: Size }): void {
    if (positions !== undefined) this.bounds = boundsOf(positions);
    if (size !== undefined) this.size = size;
    this.whole = fit(this.bounds, this.size);
    if (!this.#isMoved) this.view = this.whole;
    this.#onView();
  }

  /** At once, as a hand does it. */
  move(dx: number, dy: number): void {
    this.#see(pan(this.view, dx, dy));
  }

  zoomAt(factor: number, at: Point): void {
    this.#see(zoom(this.view, this.size, factor, { at, whole: this.whole }));
  }

  /** Everything. */
  fit(): void {
    this.#go(this.whole);
    this.#isMoved = false;
  }

  zoomBy(factor: number): void {
    this.#go(zoom(this.view, this.size, factor, { at: { x: this.size.width / 2, y: this.size.height / 2 }, whole: this.whole }));
  }

  /** By parts of what is seen. */
  panBy(across: number, down: number): void {
    this.#go(pan(this.view, across * this.size.width, down * this.size.height));
  }

  /** As little as shows a point of the map. */
  reveal(point: Point): void {
    const to = reveal(this.view, this.size, point, 48);
    if (to.x !== this.view.x || to.y !== this.view.y) this.#go(to);
  }

  stop(): void {
    cancelAnimationFrame(this.#glide);
  }

  #see(view: View): void {
    this.stop();
    this.#isMoved = true;
    this.view = view;
    this.#onView();
  }

  /** Glides there, or jumps where a person wants no motion. */
  #go(to: View): void {
    this.stop();
    this.#isMoved = true;
    const from = this.view;
    const start = performance.now();
    const time = matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : GLIDE;
    const step = () => {
      const part = time === 0 ? 1 : Math.min((performance.now() - start) / time, 1);
      const eased = 1 - (1 - part) ** 3;
      this.view = {
        x: from.x + (to.x - from.x) * eased,
        y: from.y + (to.y - from.y) * eased,
        scale: from.scale * (to.scale / from.scale) ** eased,
      };
      if (part < 1) this.#glide = requestAnimationFrame(step);
      else this.view = to;
      this.#onView();
    };
    step();
  }
}
