import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { cardOf } from "@semblant/faces";
import { describe, expect, it } from "vitest";
import { cardText } from "./card-text.ts";
import { pathOfModel, pathOfNetwork, readModel } from "./read-model.ts";

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

describe("posed", () => {
  it("is the network of best with Gaussians of its own, at most 60 kB", async () => {
    const [best, posed] = [cardOf(await readModel("best")), cardOf(await readModel("posed"))];
    expect(statSync(resolve(models, "expression-posed.json")).size).toBeLessThanOrEqual(60_000);
    expect({ checksum: posed.checksum, classes: posed.classes }).toEqual({ checksum: best.checksum, classes: best.classes });
    expect(posed.gaussians.means).not.toEqual(best.gaussians.means);
    expect(posed.gaussians.whitening).toHaveLength((64 * 65) / 2);
    expect(await pathOfNetwork("posed")).toBe(pathOfModel("best"));
  });

  it("has beside it the page that its card makes", async () => {
    const bytes = statSync(resolve(models, "expression.onnx")).size;
    expect(readFileSync(resolve(models, "expression-posed.md"), "utf8")).toBe(cardText(cardOf(await readModel("posed")), { bytes }));
  });

  it("thinks neutral faces rarer than those of other expressions", async () => {
    const { classes, gaussians } = cardOf(await readModel("posed"));
    const rare = new Set(["neutral", "contempt"]);
    const [neutral, others] = [
      gaussians.priors[classes.indexOf("neutral")] as number,
      gaussians.priors.filter((_, c) => !rare.has(classes[c] as string)),
    ];
    expect(others.every((prior) => prior > neutral)).toBe(true);
  });
});
