/** The other end of `projectOffThread`: makes one map and says so. Imported on a main thread it does nothing. */
import { isMainThread, type MessagePort, parentPort, workerData } from "node:worker_threads";
import { Embeddings, type Projection, Random, type TsneOptions, type TsneStep, tsne } from "@semblant/core";

export interface Order {
  readonly values: Float32Array;
  readonly columns: number;
  readonly options: Omit<TsneOptions, "random">;
  /** Of the caller's generator. */
  readonly random: number[] | undefined;
  /** One number in shared memory, how many steps the caller has seen; undefined if nobody watches. */
  readonly seen: Int32Array | undefined;
}

export type Report =
  | { readonly step: TsneStep }
  | { readonly projection: Projection }
  | { readonly error: { readonly name: string; readonly message: string; readonly stack: string | undefined } };

/** How many steps the map may be ahead of who watches it: a caller that is busy holds it up rather than filling memory. */
const AHEAD = 32;

if (!isMainThread && parentPort !== null) work(parentPort, workerData as Order);

function work(port: MessagePort, { values, columns, options, random, seen }: Order): void {
  try {
    const steps = tsne(new Embeddings(values, columns), { ...options, ...(random && { random: Random.resume(random) }) });
    let step = steps.next();
    for (; !step.done; step = steps.next()) {
      if (seen === undefined) continue;
      const positions = step.value.positions.slice();
      port.postMessage({ step: { ...step.value, positions } } satisfies Report, [positions.buffer]);
      for (let known = Atomics.load(seen, 0); step.value.iteration - known > AHEAD; known = Atomics.load(seen, 0)) {
        Atomics.wait(seen, 0, known);
      }
    }
    port.postMessage({ projection: step.value } satisfies Report);
  } catch (thrown) {
    const { name, message, stack } = thrown as Error;
    port.postMessage({ error: { name, message, stack } } satisfies Report);
  }
}
