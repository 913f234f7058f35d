import { join } from "node:path";
import { Random } from "@semblant/core";
import { invalidOption, refuseUnknown } from "@semblant/core/internals";
import { declaredIn } from "../declarations/declared-in.ts";
import { chosen, type OptionValue } from "../declarations/option.ts";
import type { Loss } from "../losses/loss.ts";
import type { LossDeclaration, LossUse } from "../losses/loss-declaration.ts";

/** Every loss that a file of `losses/` declares, by its name. */
export const lossDeclarations = await declaredIn<LossDeclaration>(join(import.meta.dirname, "../losses"));

export const lossNames: readonly string[] = [...lossDeclarations.keys()];

/**
 * The declaration of a loss.
 *
 * @throws OptionError if the name is unknown
 *
 * @example
 * lossNamed("sgm").title; // "structured Gaussian manifold loss"
 */
export function lossNamed(name: string, where = "createLoss"): LossDeclaration {
  const declaration = lossDeclarations.get(name);
  if (declaration === undefined) throw invalidOption(where, "name", `one of ${lossNames.join(", ")}`, name);
  return declaration;
}

/**
 * The loss of a name, as settings have it: every loss in `losses/` can be made so. Options that are left out or null are the loss's own.
 *
 * @param use what the loss is for: columns of the embeddings, number of classes, and what it draws by (a generator of seed 0)
 * @throws OptionError if the name is unknown, the loss has no such option, or an option is out of range
 *
 * @example
 * const loss = createLoss({ name: "contrastive", normalize: false }, { dimensions: 1, classes: 2 });
 * loss(tensor([[0], [0.5], [0.8]]), Int32Array.of(0, 0, 1)).item(); // 0.95
 */
export function createLoss(
  { name, ...options }: { readonly name: string; readonly [option: string]: OptionValue },
  { random = new Random(0), ...use }: Omit<LossUse, "random"> & Partial<Pick<LossUse, "random">>,
): Loss {
  const declaration = lossNamed(name);
  refuseUnknown(name, options, Object.keys(declaration.options));
  return declaration.make(chosen(options), { ...use, random });
}
