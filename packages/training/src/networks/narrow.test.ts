import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { faultsOf, instructionSets, runWatched } from "../../../torch/src/fixtures/forked.ts";

const script = fileURLToPath(new URL("../fixtures/train-narrow.ts", import.meta.url));

describe("narrow networks", () => {
  it.each(instructionSets().filter((name) => name === "AVX2" || name === "ALL"))(
    "train in float32 and keep to their memory (instructions: %s)",
    async (instructions) => {
      const ended = await runWatched(script, ["3,6", "float32"], instructions);
      expect(faultsOf(ended)).toEqual([]);
      expect(ended.lines.at(-1)).toBe("DONE 10 trainings");
    },
  );
});
