import type { Diagnosis } from "../machine/examine-machine.ts";

const runtimes: Readonly<Record<Diagnosis["photos"]["runtime"], string>> = {
  carried: "read by the native ONNX Runtime that semblant carries",
  installed: "read by the installed onnxruntime-node",
  WebAssembly: "read by WebAssembly, which is slower: npm install onnxruntime-node",
};

/** The diagnosis in lines. */
export function formatDiagnosis({ semblant, node, system, processor, memory, photos, models, engine, step }: Diagnosis): string {
  const lines: [string, string][] = [
    ["semblant", semblant],
    ["Node", `${node.version} (${node.atLeast} or newer is needed)`],
    ["system", system],
    ["processor", `${processor.name}, ${processor.cores} core${processor.cores === 1 ? "" : "s"}`],
    ["memory", `${memory.totalGiB} GiB, ${memory.freeGiB} free`],
    ["photos", runtimes[photos.runtime]],
    [
      "models",
      models.missing.length === 0 ? `all ${models.here.length} that reading photos takes` : `missing: ${models.missing.join(", ")}`,
    ],
  ];
  if ("installed" in engine) lines.push(["training", "not installed: npm install @semblant/lab (it builds on libtorch)"]);
  else if ("error" in engine) lines.push(["libtorch", engine.error]);
  else {
    lines.push(
      ["libtorch", engine.libtorch],
      ["instructions", `${engine.instructions}, bfloat16 ${engine.fastBfloat16 ? "fast" : "slow"}`],
      ["threads", String(engine.threads)],
      ["devices", [...engine.devices, ...engine.gpus].join(", ")],
    );
  }
  if (step !== undefined) {
    for (const precision of ["float32", "bfloat16"] as const) {
      const reckoned = step.timed[precision] < step.batch ? `, computed from one of ${step.timed[precision]} images` : "";
      const rate = (1000 * step.batch) / step[precision];
      lines.push([`${precision} step`, `${step[precision]} ms, ${rate < 10 ? rate.toFixed(1) : Math.round(rate)} images/s${reckoned}`]);
    }
  }
  return lines.map(([name, value]) => `${name.padEnd(15)}${value}`).join("\n");
}
