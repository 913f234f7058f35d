import type { Random } from "@semblant/core";
import type { OptionDeclaration, OptionDeclarations, OptionValue, Refusal } from "../declarations/option.ts";
import type { Loss } from "./loss.ts";

/** What a loss is made for, beside its options. */
export interface LossUse {
  /** Columns of the embeddings. */
  readonly dimensions: number;
  readonly classes: number;
  /** For losses that draw. */
  readonly random: Random;
}

type Options = Readonly<Record<string, OptionValue>>;

/** All that the rest of the package knows of a loss: its file's default export. */
export interface LossDeclaration {
  /** As settings name it: `triplet`. */
  readonly name: string;
  /** In a sentence: `triplet loss`. */
  readonly title: string;
  /** Who made it known, where, and the equation. */
  readonly source: string;
  readonly options: OptionDeclarations;
  /** What the network's last layer gives; a loss of `classes` is one of a network that ends in a logit for each. */
  readonly head?: "classes";
  /** Only directions count, always. A loss that can be asked for it has the option `normalize`. */
  readonly normalizes?: true;
  /** It can be compared with embeddings of earlier batches: {@link crossBatchMemory}. */
  readonly takesMemory?: true;
  /**
   * It weighs its parts by what no gradient flows through, so that finite differences of its value are not its gradient: its own
   * test checks that.
   */
  readonly holdsWeights?: true;
  /** It trains weights of its own for each class. */
  readonly learnsClasses?: true;
  /** The options with which it takes batches drawn as triplets. */
  readonly takesTriplets?: Options;
  /** Width of the Gaussians that the embeddings are trained to be; undefined where they are none. */
  gaussianWidth?(options: Options): number;
  /** Images of each class that a balanced batch needs, and for what; undefined where one will do. */
  leastPerClass?(options: Options): { readonly least: number; readonly reason: string } | undefined;
  /** What sets it apart from the same loss with other options, in a phrase: `sigma 2`. */
  describe?(options: Options): string;
  /** What is wrong between options that are each in range. */
  check?(options: Options): Refusal | undefined;
  /** The loss with the options that are given, its own for the rest. */
  make(options: Readonly<Record<string, NonNullable<OptionValue>>>, use: LossUse): Loss;
}

/**
 * A loss as its file declares it, `export default declareLoss(...)`, which is all that settings, help, tables and `compare` need of it.
 *
 * @typeParam Options those that settings may name, each of which the declaration has to explain
 */
export function declareLoss<Options extends object>(
  declaration: Omit<LossDeclaration, "options" | "make" | "gaussianWidth" | "leastPerClass" | "describe" | "check"> & {
    readonly options: { readonly [K in keyof Options]-?: OptionDeclaration };
    readonly gaussianWidth?: (options: Required<Options>) => number;
    readonly leastPerClass?: (options: Required<Options>) => { readonly least: number; readonly reason: string } | undefined;
    readonly describe?: (options: Required<Options>) => string;
    readonly check?: (options: { readonly [K in keyof Options]-?: Options[K] | null }) => Refusal | undefined;
    readonly make: (options: Options, use: LossUse) => Loss;
  },
): LossDeclaration {
  return declaration as unknown as LossDeclaration;
}

/** Whether a loss with these options takes batches drawn as triplets. */
export function takesTriplets({ takesTriplets: needed }: LossDeclaration, options: Readonly<Record<string, unknown>>): boolean {
  return needed !== undefined && Object.entries(needed).every(([name, value]) => options[name] === value);
}
