import { DataError } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { readModelCard } from "./model-card.ts";

const gaussians = {
  means: [
    [0, 1],
    [2, 3],
  ],
  sigmas: [1, 1],
  priors: [0.5, 0.5],
  parents: [0, 1],
};
const card = {
  format: 1,
  classes: ["neutral", "happiness"],
  dimensions: 2,
  gaussians,
  input: { size: 48, channels: 1 },
  thresholds: { posterior: 0.5, logDensity: -9 },
};
const text = (change: object) => JSON.stringify({ ...card, ...change });

describe("readModelCard", () => {
  it("reads back what was written", () => {
    expect(readModelCard(text({}))).toEqual(card);
  });

  it("refuses a text that is no card", () => {
    for (const foreign of ["", "{", "null", "7", "[]", '{"format":1}', text({ classes: "neutral" }), text({ gaussians: undefined })]) {
      expect(() => readModelCard(foreign)).toThrow("model: expected an ONNX file with a card of semblant, but got another file.");
    }
  });

  it("says so of a card of a later version", () => {
    expect(() => readModelCard(text({ format: 2 }))).toThrow(
      "model: expected a card of format 1, but got 2.\n  It was written by a later version: update semblant.",
    );
  });

  it("takes a covariance of its dimensions and no other", () => {
    expect(readModelCard(text({ covariance: [1, 0.5, 2] })).covariance).toEqual([1, 0.5, 2]);
    for (const covariance of [[1, 2], [1, null, 2], "1,0,1"]) {
      expect(() => readModelCard(text({ covariance }))).toThrow("model: its card's covariance does not fit its dimensions.");
    }
  });

  it.each([
    ["a mean of other dimensions", { ...gaussians, means: [[0, 1], [2]] }],
    [
      "a mean that is no number",
      {
        ...gaussians,
        means: [
          [0, 1],
          [2, null],
        ],
      },
    ],
    ["a mean that is none", { ...gaussians, means: [[0, 1], null] }],
    ["a mean that is a text", { ...gaussians, means: [[0, 1], "23"] }],
    ["nothing in them", null],
    ["a text in their place", "lost"],
    ["no means", { ...gaussians, means: null }],
    ["a sigma too few", { ...gaussians, sigmas: [1] }],
    ["a sigma of 0", { ...gaussians, sigmas: [1, 0] }],
    ["a prior below 0", { ...gaussians, priors: [1.5, -0.5] }],
    ["a parent that is no class", { ...gaussians, parents: [0, 2] }],
    ["no means at all", { means: [], sigmas: [], priors: [], parents: [] }],
    ["no list of sigmas", { ...gaussians, sigmas: undefined }],
    ["a sigma that is a text", { ...gaussians, sigmas: [1, "1"] }],
    ["a prior that is none", { ...gaussians, priors: [0.5, null] }],
  ])("refuses Gaussians with %s", (_, changed) => {
    for (const which of ["gaussians", "kinds"]) {
      const read = () => readModelCard(text({ [which]: changed }));
      expect(read).toThrow("model: its card's Gaussians do not fit its classes and dimensions.");
      expect(read).toThrow(DataError);
    }
  });

  it("refuses numbers past any, which JSON can write", () => {
    expect(() => readModelCard(text({}).replace("[1,1]", "[1,1e999]"))).toThrow(
      "model: its card's Gaussians do not fit its classes and dimensions.",
    );
  });

  it.each([
    { name: 7 },
    { classes: ["neutral", 3] },
    { dimensions: 2.5 },
    { limits: "none" },
    { measured: {} },
    { measured: [{ n: 3, metrics: { accuracy: { value: "86", low: 1, high: 2 } } }] },
    { measured: [{ n: 3 }] },
    { identityLeak: { n: 3, share: null, chance: 1 } },
  ])("refuses what was damaged: %j", (changed) => {
    const read = () => readModelCard(text(changed));
    expect(read).toThrow("model: expected a card with texts and finite numbers, but it has others: it is damaged.");
    expect(read).toThrow(DataError);
  });

  it("refuses figures of domain shift that are of another model", () => {
    expect(() => readModelCard(text({ shift: { spread: 1 } }))).toThrow(
      "model: its card's figures of domain shift do not fit its classes and dimensions.",
    );
  });

  it.each([{ thresholds: {} }, { input: { size: 0, channels: 1 } }, { input: { size: 48, channels: 3 } }])(
    "refuses what a reader of photos cannot use: %j",
    (changed) => {
      expect(() => readModelCard(text(changed))).toThrow(
        "model: expected a card with the size of grey faces and with thresholds, but it lacks them.",
      );
    },
  );
});
