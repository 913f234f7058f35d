import { describe, expect, it } from "vitest";
import { describeEngine } from "../../../lab/src/runs/examine-engine.ts";
import { type Diagnosis, examineMachine } from "../machine/examine-machine.ts";
import { formatDiagnosis } from "../tables/diagnosis-table.ts";

const beside = (bfloat16On: readonly string[]) =>
  describeEngine({
    libtorch: "2.0",
    cpu: "processor",
    instructions: "AVX2",
    cuda: true,
    devices: ["cpu", "cuda:0"],
    gpus: ["GPU"],
    bfloat16On,
    bfloat16: bfloat16On.includes("cuda:0"),
    threads: 2,
    configuration: "",
  });

const diagnosis = (runtime: Diagnosis["photos"]["runtime"], engine: Diagnosis["engine"]): Diagnosis => ({
  semblant: "1.0.0",
  node: { version: "24.0.0", atLeast: "22.12" },
  system: "linux x64 6.1",
  processor: { name: "processor", cores: 2 },
  memory: { totalGiB: 8, freeGiB: 4 },
  photos: { runtime },
  models: { here: ["a.onnx", "b.onnx"], missing: [] },
  engine,
});

describe("doctor", () => {
  it("says of the processor what holds for the processor, whatever a GPU beside it can do", () => {
    expect(beside(["cuda:0"]).fastBfloat16).toBe(false);
    expect(beside(["cpu"]).fastBfloat16).toBe(true);
    expect(beside(["cpu", "cuda:0"]).fastBfloat16).toBe(true);
    expect(formatDiagnosis(diagnosis("carried", beside(["cuda:0"])))).toContain("instructions   AVX2, bfloat16 slow\n");
  });

  it.each([
    ["carried", "photos         read by the native ONNX Runtime that semblant carries"],
    ["installed", "photos         read by the installed onnxruntime-node"],
    ["WebAssembly", "photos         read by WebAssembly, which is slower: npm install onnxruntime-node"],
  ] as const)("says what reads photos, without libtorch too: %s", (runtime, line) => {
    expect(formatDiagnosis(diagnosis(runtime, { error: "none" })).split("\n")).toContain(line);
  });

  it("says how to install training where there is none, since photos need none", () => {
    const lines = formatDiagnosis(diagnosis("carried", { installed: false })).split("\n");
    expect(lines).toContain("training       not installed: npm install @semblant/lab (it builds on libtorch)");
    expect(lines).toContain("models         all 2 that reading photos takes");
  });

  it("names a model that is missing", () => {
    const lacking = { ...diagnosis("carried", { installed: false }), models: { here: ["a.onnx"], missing: ["b.onnx"] } };
    expect(formatDiagnosis(lacking)).toContain("models         missing: b.onnx");
  });

  it("finds all models and the training of this checkout", async () => {
    const { models, engine } = await examineMachine({ timing: false });
    expect(models).toEqual({ here: expect.arrayContaining(["expression.onnx", "face-detector.onnx"]), missing: [] });
    expect(engine).toHaveProperty("libtorch");
  });
});
