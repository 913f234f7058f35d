import { Random } from "@semblant/core";
import { keep, Module, noGrad, type Tensor, tensor, tidy } from "@semblant/torch";

/** A loss's own generator as part of its state, so that a training that is stopped and resumed draws what it would have drawn. */
export class Draws extends Module {
  /** The generator's state: four whole numbers, int64. */
  readonly random: Tensor;

  constructor(random: Random) {
    super();
    this.random = this.buffer(keep(tensor(Int32Array.from(random.state()), { dtype: "int64" })));
  }

  /** Draws by what is done with the generator, which goes on from there the next time. */
  with<T>(use: (random: Random) => T): T {
    const random = Random.resume(Array.from(this.random.data() as Iterable<number | bigint>, (word) => Number(word) >>> 0));
    const drawn = use(random);
    noGrad(() => tidy(() => void this.random.copyInPlace(tensor(Int32Array.from(random.state()), { dtype: "int64" }))));
    return drawn;
  }

  /** Embeddings as they are: a generator does nothing to them. */
  forward(embeddings: Tensor): Tensor {
    return embeddings;
  }
}
