/** Our side of bench/measuring.ts: what the package measures, of the same rows, driven by the same orders as peers/measuring.py. */
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { clusterByKMeans, Embeddings, findNeighbors, fitGaussianMixture, recallAtK } from "@semblant/core";
import { timed } from "../clock.ts";
import type { MeasuringOrder, MeasuringSetting } from "../measuring.ts";

const setting: MeasuringSetting = JSON.parse(process.argv[2] as string);
const bytes = (file: string) => new Uint8Array(readFileSync(file)).buffer;
const X = new Embeddings(new Float32Array(bytes(setting.rows)), setting.columns);
const queries = new Embeddings(new Float32Array(bytes(setting.queries)), setting.columns);
const labels = new Int32Array(bytes(setting.labels));
const start = new Float64Array(bytes(setting.start));

/** The numbers that are compared with the peers': what was found, and where iterations ended. */
function answer(order: MeasuringOrder): Readonly<Record<string, unknown>> {
  switch (order.do) {
    case "neighbors":
      return { answer: findNeighbors(queries, X, { k: 11 }).rows.reduce((sum, row) => sum + row, 0) };
    case "recall": {
      const found = findNeighbors(queries, queries, { k: 8, excludeSelf: true });
      return { answer: [1, 2, 4, 8].map((K) => recallAtK(found, labels, K)) };
    }
    case "k-means": {
      const { inertia, iterations } = clusterByKMeans(X, { k: order.k, restarts: order.restarts, iterations: order.iterations });
      return { answer: inertia, iterations };
    }
    case "mixture": {
      const { covariance, iterations } = order;
      const found = fitGaussianMixture(X, { k: start.length / X.columns, covariance, iterations, tolerance: 0, initial: start });
      return { answer: found.logLikelihood };
    }
  }
}

console.log(JSON.stringify({ version: process.version, threads: setting.threads }));
for await (const line of createInterface({ input: process.stdin })) {
  const order: MeasuringOrder = JSON.parse(line);
  let last: Readonly<Record<string, unknown>> = {};
  const took = await timed(() => {
    for (let i = 0; i < order.times; i++) last = answer(order);
  });
  console.log(JSON.stringify({ ...took, ...last }));
}
