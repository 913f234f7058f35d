/**
 * How the time and the memory of mixtures (EM) and of maps (Barnes-Hut t-SNE) grow with the rows: 64 columns, 8 classes of 5 sub-classes that
 * overlap. One iteration of EM with 40 groups, full and diagonal, from a given start; fifty steps of t-SNE, its neighbours apart. Kernels and
 * all threads; with --plain the plain code. Processor seconds, so that a busy machine tells the same; wall seconds stand beside them.
 *
 *   npm run bench -- mixtures-curve [--rows 1000,10000,100000] [--plain]     two minutes up to 100,000 rows
 */
import { Embeddings, gaussianMixture, Random, tsne } from "@semblant/core";
import { chooseKernels } from "@semblant/core/internals";
import { parseOptions } from "./options.ts";

const { values } = parseOptions({
  options: { rows: { type: "string", default: "1000,10000,100000" }, plain: { type: "boolean", default: false } },
});
const columns = 64;
const k = 40;
if (values.plain) chooseKernels({ instructions: "none" });

console.log("rows      work                      processor s   wall s   resident MiB");
for (const rows of values.rows.split(",").map(Number)) {
  const X = subclasses(rows);
  const clusters = Int32Array.from({ length: rows }, (_, i) => i % k);
  for (const covariance of ["full", "diagonal"] as const) {
    const steps = gaussianMixture(X, { k, covariance, tolerance: 0, initial: { clusters } });
    steps.next();
    line(rows, `EM ${covariance}, an iteration`, () => steps.next());
  }
  if (rows > 100_000) continue;
  const map = tsne(X, { iterations: 1000 });
  line(rows, "t-SNE, neighbours", () => map.next());
  line(rows, "t-SNE, 50 steps", () => {
    for (let step = 0; step < 50; step++) map.next();
  });
}
chooseKernels({ instructions: "none" });

function line(rows: number, name: string, work: () => void): void {
  const start = performance.now();
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  const [cpu, wall] = [(user + system) / 1e6, (performance.now() - start) / 1000];
  const resident = Math.round(process.memoryUsage.rss() / 2 ** 20);
  const cells = [
    String(rows).padEnd(9),
    name.padEnd(25),
    cpu.toFixed(3).padStart(11),
    wall.toFixed(3).padStart(8),
    String(resident).padStart(14),
  ];
  console.log(cells.join(" "));
}

function subclasses(rows: number): Embeddings {
  const random = new Random(1);
  const classes = Float64Array.from({ length: 8 * columns }, () => random.normal(0, 2));
  const parts = Float64Array.from({ length: k * columns }, (_, j) => (classes[j % classes.length] as number) + random.normal());
  const numbers = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    const part = random.integer(k) * columns;
    for (let d = 0; d < columns; d++) numbers[i * columns + d] = (parts[part + d] as number) + random.normal(0, 2);
  }
  return new Embeddings(numbers, columns);
}
