/**
 * Settings that came after the first runs, by their dotted names, and what was so in runs without them: a run's folder that lacks one
 * is read as if it had this. The options of losses and networks say so themselves, where they are declared.
 */
export const laterSettings: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["data.followLinks", true],
  ["data.size", 48],
  ["data.channels", 1],
  ["data.crop", "source"],
  ["data.noFace", "whole"],
  ["data.split", "source"],
  ["data.people", "layout"],
  ["data.contempt", true],
  ["data.neutral", "none"],
  ["data.views", "frontal"],
  ["data.intensity", 1],
  ["data.attribute", null],
  ["data.corrections", null],
  ["data.softLabels", null],
  ["network.head", "embedding"],
  ["network.weights", null],
  ["loss.memory", null],
]);
