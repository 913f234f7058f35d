import type { Point } from "../plane/view.ts";

/** What hands do on the map; points in pixels from its corner. */
export interface Gestures {
  /** Moved by so many pixels. */
  move(dx: number, dy: number): void;
  /** Nearer by a factor, around a point. */
  zoom(factor: number, at: Point): void;
  tap(at: Point, byTouch: boolean): void;
  /** The pointer rests or moves there; `undefined` where it left. */
  hover(at: Point | undefined): void;
  /** A line grows, and is closed in the end; empty where it was given up. */
  lasso(line: readonly Point[], isDone: boolean): void;
  /** Whether a drag draws a line now, and does not move the map. */
  isLasso(): boolean;
}

/** So far a press may go and still be one. */
const STILL = 5;
/** Pixels between the corners of a line. */
const STEP = 4;

/** Listens to pointers and the wheel. @returns stops */
export function listen(element: HTMLElement, gestures: Gestures): () => void {
  const pointers = new Map<number, Point>();
  let start: Point | undefined;
  let line: Point[] | undefined;
  let hasMoved = false;
  const control = new AbortController();
  const { signal } = control;

  const at = (event: MouseEvent): Point => {
    const { left, top } = element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const giveUpLine = () => {
    if (line !== undefined) gestures.lasso([], true);
    line = undefined;
  };

  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    const here = at(event);
    element.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, here);
    if (pointers.size > 1) return giveUpLine();
    [start, hasMoved] = [here, false];
    line = gestures.isLasso() || event.shiftKey ? [here] : undefined;
    gestures.hover(undefined);
  };

  const move = (event: PointerEvent) => {
    const before = pointers.get(event.pointerId);
    const here = at(event);
    if (before === undefined) {
      if (event.pointerType !== "touch") gestures.hover(here);
      return;
    }
    if (start !== undefined && Math.hypot(here.x - start.x, here.y - start.y) > STILL) hasMoved = true;
    if (pointers.size === 2) pinch(event.pointerId, before, here);
    else if (line !== undefined) draw(here);
    else if (hasMoved) gestures.move(here.x - before.x, here.y - before.y);
    else return; // a press that has not gone anywhere yet
    pointers.set(event.pointerId, here);
  };

  const draw = (here: Point) => {
    const last = line?.at(-1);
    if (line === undefined || last === undefined || Math.hypot(here.x - last.x, here.y - last.y) < STEP) return;
    line.push(here);
    gestures.lasso(line, false);
  };

  const pinch = (id: number, before: Point, here: Point) => {
    const other = [...pointers].find(([one]) => one !== id)?.[1];
    if (other === undefined) return;
    const middle = (point: Point): Point => ({ x: (point.x + other.x) / 2, y: (point.y + other.y) / 2 });
    const far = (point: Point) => Math.max(Math.hypot(point.x - other.x, point.y - other.y), 1);
    gestures.move(middle(here).x - middle(before).x, middle(here).y - middle(before).y);
    gestures.zoom(far(here) / far(before), middle(here));
  };

  const up = (event: PointerEvent) => {
    if (!pointers.delete(event.pointerId)) return;
    if (line !== undefined && hasMoved && line.length > 2) gestures.lasso(line, true);
    else {
      giveUpLine();
      if (!hasMoved && pointers.size === 0 && start !== undefined) gestures.tap(start, event.pointerType === "touch");
    }
    line = undefined;
    if (pointers.size === 0) start = undefined;
    else hasMoved = true; // the finger that is left goes on moving the map
  };

  const cancel = (event: PointerEvent) => {
    pointers.delete(event.pointerId);
    giveUpLine();
  };

  const wheel = (event: WheelEvent) => {
    event.preventDefault();
    const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 33 : 1);
    gestures.zoom(Math.exp(-pixels * (event.ctrlKey ? 0.01 : 0.002)), at(event));
  };

  element.addEventListener("pointerdown", down, { signal });
  element.addEventListener("pointermove", move, { signal });
  element.addEventListener("pointerup", up, { signal });
  element.addEventListener("pointercancel", cancel, { signal });
  element.addEventListener("pointerleave", () => gestures.hover(undefined), { signal });
  element.addEventListener("wheel", wheel, { signal, passive: false });
  return () => control.abort();
}
