import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { cardOf } from "@semblant/faces";
import { describe, expect, it } from "vitest";
import { cardText } from "./card-text.ts";

const models = resolve(import.meta.dirname, "../../../../models");
const words = /hiring|work|education|policing|lie detection/;

describe.each([
  ["expression", 12],
  ["expression-small", 3],
])("models/%s.onnx", (name, megabytes) => {
  const path = resolve(models, `${name}.onnx`);
  const card = cardOf(readFileSync(path));

  it(`is at most ${megabytes} MB, whole, and of its own name`, () => {
    expect(statSync(path).size).toBeLessThanOrEqual(megabytes * 1e6);
    expect(card.name).toBe(name);
  });

  it("has beside it the page that its card makes", () => {
    expect(readFileSync(resolve(models, `${name}.md`), "utf8")).toBe(cardText(card, { bytes: statSync(path).size }));
  });

  it("states accuracy with an interval, its faces, its protocol, each class and the identity leak", () => {
    const [{ n, metrics, recall, protocol } = {}] = card.measured as [(typeof card.measured)[0]?];
    const { value, low, high } = metrics?.accuracy ?? { value: 0, low: 0, high: 0 };
    expect([low < value, value < high, high < 100]).toEqual([true, true, true]);
    expect(Object.values(recall ?? {}).reduce((sum, one) => sum + one.n, 0)).toBe(n);
    const right = Object.values(recall ?? {}).reduce((sum, one) => sum + (one.value * one.n) / 100, 0);
    expect((100 * right) / (n as number)).toBeCloseTo(value, 3); // what is said of the classes adds up to what is said of all
    expect(protocol).toMatch(/validation.*95 % bootstrap/);
    expect(card.identityLeak?.share).toBeGreaterThan(card.identityLeak?.chance as number);
    expect(card.unacceptable.filter((text) => words.test(text)).length).toBeGreaterThanOrEqual(2);
    expect(card.licence).toMatch(/MIT.*FER\+/);
  });
});
