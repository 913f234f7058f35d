import { threadsFlag } from "../flags/threads-flag.ts";
import { timedBatch } from "../machine/timed-batch.ts";
import type { CommandPage } from "../terminal/declaration.ts";

export const page = {
  name: "doctor",
  group: "machine",
  place: 1,
  usage: "[options]",
  sentence: "Say what is installed, what it runs on, and how long a training step takes.",
  examples: [
    ["semblant doctor", "everything, within half a minute"],
    ["semblant doctor --no-timing", "what is installed, at once"],
    ["semblant doctor --threads 1 --json", "one thread, as JSON"],
  ],
  options: [threadsFlag, { flags: "--no-timing", text: "leave out the training step" }],
  notes: [
    `The step timed: ResNet18 (3x3 stem and pool, 64 channels in the first layer), ${timedBatch} images of 48 x 48, SGM loss, AdamW.`,
    "Where it takes longer than four seconds, a step of 8 images is timed instead, and the time is computed from it.",
    "Photos need no training: status is 0 where it is not installed. Status is 1 where a model is missing, " +
      "or libtorch is installed and does not load.",
  ],
} as const satisfies CommandPage;
