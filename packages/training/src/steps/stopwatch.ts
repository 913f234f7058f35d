/** Steps over which the speed is taken. */
const WINDOW = 20;

/** The speed of a training and what is left of it, from the times of its steps. */
export class Stopwatch {
  readonly #began = performance.now();
  readonly #recent: { images: number; milliseconds: number }[] = [];
  #steps = 0;

  /** Notes a step that took so long, validation and whatever was done with its record not counted. */
  lap(images: number, milliseconds: number): void {
    this.#steps++;
    this.#recent.push({ images, milliseconds });
    if (this.#recent.length > WINDOW) this.#recent.shift();
  }

  get seconds(): number {
    return (performance.now() - this.#began) / 1000;
  }

  get imagesPerSecond(): number {
    const sum = (key: "images" | "milliseconds") => this.#recent.reduce((total, lap) => total + lap[key], 0);
    return rounded((1000 * sum("images")) / sum("milliseconds"));
  }

  /** For so many more steps, at the speed of all so far. */
  secondsLeft(steps: number): number {
    return rounded((this.seconds / this.#steps) * steps);
  }
}

/** To four digits: the clock knows no more, and the log is read by people. */
const rounded = (value: number): number => Number(value.toPrecision(4));
