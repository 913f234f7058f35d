import { invalidOption } from "@semblant/core";
import { alexnet } from "./alexnet.ts";
import { type NetworkName, networkNames } from "./architectures.ts";
import { cvgg13 } from "./cvgg13.ts";
import type { EmbeddingNetwork, NetworkDescription } from "./embedding-network.ts";
import { fmpnet } from "./fmpnet.ts";
import { preactresnet18 } from "./preactresnet.ts";
import { resnet18 } from "./resnet.ts";

/** Every network that settings can name. */
export const networks = { resnet18, preactresnet18, fmpnet, cvgg13, alexnet } as const satisfies Record<NetworkName, unknown>;

/**
 * The network that settings describe, with fresh weights from the engine's generator.
 *
 * @throws OptionError if the name is unknown, the network has no such option, or an option is out of range
 *
 * @example
 * createNetwork({ name: "resnet18", width: 8 }).settings.size; // 48
 * createNetwork({ name: "cvgg13", width: 8, head: "classes", dimensions: 8 }).settings.size; // 64
 * createNetwork({ name: "cvgg13", batchNorm: true });
 * // throws OptionError: cvgg13: unknown option "batchNorm"
 */
export function createNetwork({ name, ...options }: Partial<NetworkDescription> & { readonly name: NetworkName }): EmbeddingNetwork {
  const make = Object.hasOwn(networks, name) ? (networks[name] as (options: object) => EmbeddingNetwork) : undefined;
  if (make === undefined) throw invalidOption("createNetwork", "name", `one of ${networkNames.join(", ")}`, name);
  return make(options);
}
