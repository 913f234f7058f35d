import * as Comlink from "comlink";
import { type PartMap, placeRows, type TsneChoice, type TsneProgress, tsneSteps } from "./tsne-session.ts";

/** Milliseconds of work between two looks at what the page wants, and between two reports. */
const SLICE = 25;
const REPORT = 80;

function makeTsneWork() {
  let isPaused = false;
  let go: () => void = () => {};

  return {
    /** Makes a map, and says every so often how far it is; answers with the last step. */
    async run(values: Float32Array, columns: number, choice: TsneChoice, report: (progress: TsneProgress) => void): Promise<TsneProgress> {
      const steps = tsneSteps(values, columns, choice);
      let [sliced, reported] = [performance.now(), 0];
      for (;;) {
        const { done, value: progress } = steps.next();
        if (done) return progress;
        const now = performance.now();
        if (now - reported > REPORT) {
          report(progress);
          reported = now;
        }
        if (now - sliced < SLICE) continue;
        await messages();
        if (isPaused) {
          report(progress);
          await new Promise<void>((resolve) => {
            go = resolve;
          });
        }
        sliced = performance.now();
      }
    },
    pause(): void {
      isPaused = true;
    },
    resume(): void {
      isPaused = false;
      go();
    },
    place: (map: PartMap, values: Float32Array, columns: number): Float32Array => placeRows(map, values, columns),
  };
}

/** Waits until the messages that lie there have been read. */
function messages(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}

export type TsneWork = ReturnType<typeof makeTsneWork>;

Comlink.expose(makeTsneWork());
