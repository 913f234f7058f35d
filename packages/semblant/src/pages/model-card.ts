import type { CommandPage } from "../terminal/declaration.ts";

export const page = {
  name: "model card",
  group: "training",
  place: 11,
  usage: "[model]",
  sentence: "Say what a model is, how well it does, what it may not be used for and where it comes from.",
  examples: [
    ["semblant model card", "the model that ships"],
    ["semblant model card small", "the one for the browser"],
    ["semblant model card m.onnx > m.md", "one of semblant export"],
  ],
  arguments: ["[model]"],
  options: [],
  notes: [
    "Models are best, small, or a file of semblant export or adapt. The card is inside the file; --json is all of it, Gaussians included.",
  ],
} as const satisfies CommandPage;
