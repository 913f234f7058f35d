import type { Step } from "../steps/step.ts";
import { Session } from "./session.ts";
import { setUp, type TrainOptions } from "./set-up.ts";

/**
 * Algorithm 1, Structured Gaussian Manifold Learning, for any network and loss: yields a record after each step.
 *
 * One step draws a batch with so many images of each class, augments it, embeds it, compares the embeddings' posterior
 * with the known one (or whatever the loss does) and takes a step against the gradient. At the end of an epoch the
 * embedding is validated, and the best weights are kept in the run. Ends after the last step, after `patience` validations
 * without a better one, when `signal` is aborted, or when there is no sense in going on; the last record says which.
 *
 * Settings left out are those of the preset `best`. Same seed, data and settings, same weights, to the bit, on one
 * CPU with one number of threads; a GPU adds in an order of its own. A run that was stopped, with `break` or by a kill, goes
 * on from its last checkpoint and ends at the weights it would have had.
 *
 * Steps do not wait: a caller that wants signals or timers served awaits something between two.
 *
 * @throws OptionError for an unknown or unfit setting
 * @throws DataError for data without training images or with a class without images, or a run of other data
 *
 * @example
 * const data = generateFaces({ count: 80 });
 * const network = resnet18({ channels: 1, dimensions: 64, baseChannels: 8 });
 * for (const step of train({ network, data, loss: structuredGaussianManifold({ sigma: 1 }), perClass: 2, steps: 2, seed: 0 })) {
 *   console.log(step.loss);
 * }
 */
export function* train(options: TrainOptions): Generator<Step, void, undefined> {
  const session = new Session(setUp(options), options);
  try {
    while (session.goesOn) yield session.step();
  } finally {
    session.close(); // after a break, too, or when the caller throws
  }
}
