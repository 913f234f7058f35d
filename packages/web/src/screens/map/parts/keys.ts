import type { Direction } from "../plane/next-row.ts";
import type { Bounds } from "../plane/view.ts";
import type { Stage } from "../stage/stage.ts";

/** What keys do to the map. */
export interface Keyed {
  readonly stage: Stage;
  /** The row that is looked at. */
  readonly row: number | undefined;
  focus(row: number): void;
  letGo(): void;
  /** A rectangle was opened. */
  rectangle(): void;
}

interface Pressed {
  readonly key: string;
  readonly shiftKey: boolean;
}

const directions: Readonly<Record<string, Direction>> = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };
const steps: Readonly<Record<Direction, readonly [number, number]>> = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };

/** How far the map moves by a key, and a side of the rectangle, in parts of what is seen. */
const STEP = 0.15;
const SIDE = 0.04;

/** What keys mean; a rectangle that is open takes the arrows. @returns of a key, whether it meant anything */
export function keysOf(): (event: Pressed, keyed: Keyed) => boolean {
  let open: Bounds | undefined;

  const inRectangle = (rectangle: Bounds, { key, shiftKey }: Pressed, stage: Stage): boolean => {
    const direction = directions[key];
    if (direction !== undefined) {
      const [dx, dy] = steps[direction].map((step) => step * SIDE) as [number, number];
      open = shiftKey ? grown(rectangle, dx, dy) : moved(rectangle, dx, dy);
      stage.rectangle(open, false);
      return true;
    }
    if (key !== "Enter" && key !== "Escape" && key !== "Tab") return false;
    open = undefined;
    if (key === "Enter") stage.rectangle(rectangle, true);
    else stage.dropLine();
    return key !== "Tab";
  };

  return (event, { stage, row, focus, letGo, rectangle }) => {
    if (open !== undefined) return inRectangle(open, event, stage);
    const direction = directions[event.key];
    if (direction !== undefined) {
      const [dx, dy] = steps[direction];
      if (event.shiftKey) stage.camera.panBy(-dx * STEP, -dy * STEP);
      else {
        const next = stage.next(row, direction);
        if (next >= 0) focus(next);
      }
      return true;
    }
    switch (event.key) {
      case "+":
      case "=":
        stage.camera.zoomBy(1.5);
        return true;
      case "-":
        stage.camera.zoomBy(1 / 1.5);
        return true;
      case "0":
        stage.camera.fit();
        return true;
      case "Enter":
      case " ":
        if (row !== undefined) focus(row);
        return true;
      case "Escape":
        letGo();
        return true;
      case "r":
      case "R":
        open = { left: 0.3, right: 0.7, top: 0.3, bottom: 0.7 };
        stage.rectangle(open, false);
        rectangle();
        return true;
      default:
        return false;
    }
  };
}

const moved = ({ left, right, top, bottom }: Bounds, dx: number, dy: number): Bounds => ({
  left: left + dx,
  right: right + dx,
  top: top + dy,
  bottom: bottom + dy,
});

/** Its right lower corner moves; it never turns inside out. */
const grown = ({ left, right, top, bottom }: Bounds, dx: number, dy: number): Bounds => ({
  left,
  top,
  right: Math.max(right + dx, left + SIDE),
  bottom: Math.max(bottom + dy, top + SIDE),
});
