import { Embeddings, evaluate, Random } from "@semblant/core";

/** Faces of each kind that are enough to see how fast measuring is. */
const ENOUGH = { train: 2000, test: 500 };

/** How many embeddings are to be measured. */
export interface MeasuringSize {
  /** Training faces, among which neighbours are sought. */
  readonly train: number;
  readonly test: number;
  readonly dimensions: number;
  /** Draws behind each interval. */
  readonly bootstrap: number;
}

/** Seconds that measuring embeddings takes here: noise in eight classes is measured, at most 2,500 rows of it, and the rest reckoned. */
export function timeMeasuring({ train, test, dimensions, bootstrap }: MeasuringSize): number {
  const random = new Random(0);
  const classes = Array.from({ length: 8 }, (_, c) => `class ${c}`);
  const noise = (rows: number) => {
    const labels = Int32Array.from({ length: rows }, (_, row) => row % classes.length);
    return new Embeddings(
      Float32Array.from(
        { length: rows * dimensions },
        (_, i) => random.normal() + (i % dimensions === (labels[Math.floor(i / dimensions)] as number) ? 2 : 0),
      ),
      dimensions,
      { labels, classes },
    );
  };
  const [few, fewTest] = [Math.min(train, ENOUGH.train), Math.min(test, ENOUGH.test)];
  const sets = [noise(few), noise(fewTest)] as const;
  const began = performance.now();
  evaluate(...sets, { bootstrap });
  const seconds = (performance.now() - began) / 1000;
  return seconds * (test / fewTest) * ((train + test) / (few + fewTest));
}
