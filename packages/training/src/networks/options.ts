import type { OptionError } from "@semblant/core";
import { invalidOption, refuseUnknown, wholeAbove0 } from "@semblant/core/internals";
import { heads, type NetworkOptions } from "./embedding-network.ts";
import type { NetworkDeclaration } from "./network-declaration.ts";
import { normalizationOf } from "./normalization.ts";

const common = ["channels", "dimensions", "head", "baseChannels", "size", "mean", "std"];

/**
 * The options that every network has, filled in; those only this one has are for its own function to check.
 *
 * @throws OptionError for an option that the network does not have, a value out of range, and images too small for its layers
 */
export function completeOptions(declaration: NetworkDeclaration, options: NetworkOptions): Required<NetworkOptions> {
  const { name, size: native, smallest } = declaration;
  refuseUnknown(name, options, [...common, ...Object.keys(declaration.options)]);
  const { channels = 1, dimensions = 64, head = "embedding", baseChannels = 64, size = native } = options;
  for (const [option, value] of Object.entries({ channels, dimensions, baseChannels, size })) wholeAbove0(name, option, value);
  const published = normalizationOf("published", channels);
  const { mean = published.mean, std = published.std } = options;
  if (!heads.includes(head)) throw invalidOption(name, "head", `one of ${heads.join(", ")}`, head);
  if (size < smallest) throw tooSmall(declaration, "size", size);
  if (mean.length !== channels) throw invalidOption(name, "mean", `a number for each of ${channels} channels`, mean);
  if (std.length !== channels || std.some((x) => !(x > 0))) {
    throw invalidOption(name, "std", `a number above 0 for each of ${channels} channels`, std);
  }
  return { channels, dimensions, head, baseChannels, size, mean, std };
}

/** That images of this size are too small for a network. */
export function tooSmall({ name, title, smallest }: NetworkDeclaration, option: string, size: number, where = name): OptionError {
  return invalidOption(where, option, `${smallest} or more, the smallest that ${title}'s layers can take`, size);
}
