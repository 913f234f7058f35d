import { describe, expect, it } from "vitest";
import type { Stage } from "../stage/stage.ts";
import { keysOf } from "./keys.ts";

function pressed(...keys: readonly string[]): { readonly log: readonly string[]; readonly meant: readonly boolean[] } {
  const log: string[] = [];
  const stage = {
    next: (from: number | undefined, direction: string) => (direction === "down" ? -1 : (from ?? 0) + 1),
    rectangle: ({ left, right, top }: { left: number; right: number; top: number }, isDone: boolean) =>
      log.push(`rectangle ${left.toFixed(2)} ${right.toFixed(2)} ${top.toFixed(2)} ${isDone}`),
    dropLine: () => log.push("drop"),
    camera: {
      zoomBy: (factor: number) => log.push(`zoom ${factor.toFixed(2)}`),
      panBy: (x: number, y: number) => log.push(`pan ${x} ${y}`),
      fit: () => log.push("fit"),
    },
  } as unknown as Stage;
  const press = keysOf();
  const meant = keys.map((key) => {
    const [last = "", shift] = key.split("+").reverse();
    return press(
      { key: last === "" ? "+" : last, shiftKey: shift === "Shift" },
      { stage, row: 4, focus: (row) => log.push(`face ${row}`), letGo: () => log.push("let go"), rectangle: () => log.push("open") },
    );
  });
  return { log, meant };
}

describe("keys on the map", () => {
  it("go from face to face, zoom, move the map and let go; others are the page's", () => {
    const { log, meant } = pressed("ArrowRight", "ArrowDown", "+", "-", "0", "Shift+ArrowLeft", "Enter", "Escape", "q", "Tab");
    expect(log).toEqual(["face 5", "zoom 1.50", "zoom 0.67", "fit", "pan 0.15 0", "face 4", "let go"]);
    expect(meant).toEqual([true, true, true, true, true, true, true, true, false, false]);
  });

  it("move, size and take a rectangle while one is open, or drop it", () => {
    expect(pressed("r", "ArrowLeft", "Shift+ArrowRight", "Enter", "ArrowLeft").log).toEqual([
      "rectangle 0.30 0.70 0.30 false",
      "open",
      "rectangle 0.26 0.66 0.30 false",
      "rectangle 0.26 0.70 0.30 false",
      "rectangle 0.26 0.70 0.30 true",
      "face 5",
    ]);
    expect(pressed("r", "Escape", "Escape").log.slice(2)).toEqual(["drop", "let go"]);
    expect(pressed("r", "Tab").meant).toEqual([true, false]);
  });
});
