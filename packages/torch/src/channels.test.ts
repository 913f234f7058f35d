import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { faultsOf, instructionSets, runWatched } from "./fixtures/forked.ts";

const script = fileURLToPath(new URL("./fixtures/sweep-channels.ts", import.meta.url));
const widths = [1, 3, 5, 7, 12, 17];

describe("layers of any number of channels", () => {
  it.each(instructionSets().filter((name) => name !== "SSE41"))(
    "agree with float64, forwards and backwards, and keep to their memory (instructions: %s)",
    async (instructions) => {
      // A processor is held to older instructions for float32 only: libtorch asks the processor itself whether it can do bfloat16.
      const precisions = instructions === "ALL" ? "float32,bfloat16" : "float32";
      const ended = await runWatched(script, [widths.join(","), precisions], instructions);
      expect(faultsOf(ended)).toEqual([]);
      expect(ended.lines.length).toBeGreaterThan(70 * widths.length);
    },
  );
});
