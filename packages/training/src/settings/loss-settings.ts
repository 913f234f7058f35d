import { invalidOption, rules } from "@semblant/core/internals";
import { lossDeclarations, lossNamed, lossNames } from "../catalog/losses.ts";
import { defaultsOf, type OptionValue } from "../declarations/option.ts";
import { type LossDeclaration, takesTriplets } from "../losses/loss-declaration.ts";
import { checkOwn, optionNames, rulesOfAll } from "./declared-options.ts";

/** What a run's settings say of its loss: its name, what all losses share, and the options that this loss declares. */
export interface LossSettings {
  /** One of {@link lossNames}. */
  readonly name: string;
  /** Rows of earlier batches to compare with, for a loss that takes a memory; null for none. */
  readonly memory: number | null;
  /** An option of this loss; null stands for the loss's own value. */
  readonly [option: string]: OptionValue;
}

const { oneOf, orNone, whole } = rules;

export const lossRules = {
  name: oneOf(...lossNames),
  ...rulesOfAll(lossDeclarations),
  memory: orNone(whole(1, 10_000_000)),
};

/** The dotted names of the options that only some losses have. */
export const lossOptions: ReadonlySet<string> = new Set(optionNames(lossDeclarations).map((name) => `loss.${name}`));

/** A loss as a preset has it. */
export function presetLoss(name: string, preset: string): LossSettings {
  return { name, ...defaultsOf(lossNamed(name).options, preset), memory: null };
}

/**
 * Leaves of the section that its loss has, with the preset's values where nothing is given. Options of other losses go: settings that
 * several losses share may name them.
 *
 * @throws OptionError for a normalization that the loss has no use for
 */
export function fillLoss(complete: Map<string, unknown>, given: ReadonlyMap<string, unknown>, preset: string): void {
  const declaration = lossNamed(complete.get("loss.name") as string, "settings");
  leaveOthersOut(declaration, complete);
  for (const [name, value] of Object.entries(defaultsOf(declaration.options, preset))) {
    if (!given.has(`loss.${name}`)) complete.set(`loss.${name}`, value);
  }
}

/** The same for settings of a run's folder: what it lacks of the loss's options is as it was before there was the option. */
export function completeEarlierLoss(leaves: Map<string, unknown>): void {
  const declaration = lossNamed(leaves.get("loss.name") as string, "settings");
  leaveOthersOut(declaration, leaves);
  for (const [name, { before }] of Object.entries(declaration.options)) {
    if (!leaves.has(`loss.${name}`) && before !== undefined) leaves.set(`loss.${name}`, before);
  }
}

function leaveOthersOut(declaration: LossDeclaration, leaves: Map<string, unknown>): void {
  refuseNormalization(declaration, leaves.get("loss.normalize"));
  for (const name of optionNames(lossDeclarations)) {
    if (!Object.hasOwn(declaration.options, name)) leaves.delete(`loss.${name}`);
  }
}

/** Of losses that cannot be asked: to look at directions only, which some always do and the others never. */
function refuseNormalization({ name, options, normalizes }: LossDeclaration, asked: unknown): void {
  if (Object.hasOwn(options, "normalize") || typeof asked !== "boolean" || asked === (normalizes ?? false)) return;
  throw invalidOption("settings", "loss.normalize", `${normalizes ?? false} or none for the loss ${name}`, asked);
}

/**
 * Refuses what a loss cannot be.
 *
 * @throws OptionError for an option out of this loss's range, options that do not go together, and a memory that it has no use for
 */
export function checkLoss(loss: LossSettings): void {
  const declaration = lossNamed(loss.name, "settings");
  checkOwn("loss", declaration, loss);
  const refusal = declaration.check?.(loss);
  if (refusal) throw invalidOption("settings", `loss.${refusal.option}`, refusal.expected, loss[refusal.option]);
  if (loss.memory === null) return;
  if (!declaration.takesMemory) throw invalidOption("settings", "loss.memory", `none for the loss ${loss.name}`, loss.memory);
  if (takesTriplets(declaration, loss)) {
    throw invalidOption("settings", "loss.memory", "none for triplets that are drawn with the batch", loss.memory);
  }
}

/**
 * Refuses a batch in which a loss finds too few images of each class.
 *
 * @throws OptionError that says how many it needs, and for what
 */
export function checkPerClass(loss: LossSettings, images: number, { where = "settings", option = "perClass" } = {}): void {
  const needs = lossNamed(loss.name, where).leastPerClass?.(loss);
  if (needs && images < needs.least) throw invalidOption(where, option, `${needs.least} or more for ${needs.reason}`, images);
}

/** Whether these settings take batches drawn as triplets. */
export function needsTriplets(loss: LossSettings): boolean {
  return takesTriplets(lossNamed(loss.name, "settings"), loss);
}

/** The losses that take batches of triplets, in words: with `named`, by the settings that ask for it. */
export function lossesOfTriplets({ named = false } = {}): string {
  return [...lossDeclarations.values()]
    .flatMap(({ title, takesTriplets: needed }) => {
      if (needed === undefined) return [];
      const options = Object.entries(needed).map(([name, value]) => (named ? `loss.${name}=${value}` : `${value} ${name}`));
      return `a ${title} with ${options.join(" and ")}`;
    })
    .join(", or ");
}

/**
 * The width of the Gaussians that a run's embeddings were trained to be; undefined where its loss knows of none.
 *
 * @example
 * gaussianWidthOf(resolveSettings({ loss: { sigma: 1.5 } }).loss); // 1.5
 */
export function gaussianWidthOf(loss: LossSettings): number | undefined {
  return lossDeclarations.get(loss.name)?.gaussianWidth?.(loss);
}

/**
 * What sets a run's loss apart from the same loss with other options, in a phrase; empty where nothing does.
 *
 * @example
 * describeLoss(resolveSettings().loss); // "sigma 2, leave-one-out means"
 */
export function describeLoss(loss: LossSettings): string {
  return lossDeclarations.get(loss.name)?.describe?.(loss) ?? "";
}
