import { everyRank } from "../distributed/every-rank.ts";
import { refuseOtherVersions } from "../distributed/same-versions.ts";
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
 * With a `group` of N processes each computes its part of every batch: the ends are those of one process with the whole batch, to the
 * rounding of sums. Only dropout is drawn by each for itself. A run goes on with any number of them.
 *
 * @throws OptionError for an unknown or unfit setting, or one that another rank has otherwise
 * @throws DataError for data without training images or with a class without images, a run of other data, or
 *   ranks of unlike data
 * @throws EngineError for ranks of unlike versions, and where a rank is gone or waited for too long
 *
 * @example
 * const data = generateFaces({ count: 80 });
 * const network = resnet18({ channels: 1, dimensions: 64, baseChannels: 8 });
 * for (const step of train({ network, data, loss: structuredGaussianManifold({ sigma: 1 }), perClass: 2, steps: 2, seed: 0 })) {
 *   console.log(step.loss);
 * }
 */
export function* train(options: TrainOptions): Generator<Step, void, undefined> {
  if (options.group !== undefined) refuseOtherVersions(options.group);
  const training = everyRank(options.group, "set up", () => setUp(options));
  const session = new Session(training, options);
  try {
    while (session.goesOn) yield session.step();
  } finally {
    session.close(); // after a break, too, or when the caller throws
  }
}
