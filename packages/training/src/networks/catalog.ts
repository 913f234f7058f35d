import { invalidOption } from "@semblant/core";
import type { EmbeddingNetwork, NetworkDescription } from "./embedding-network.ts";
import { resnet18 } from "./resnet.ts";

/** Every network that settings can name. */
export const networks = { resnet18 } as const;
export type NetworkName = keyof typeof networks;

/**
 * The network that settings describe, with fresh weights from the engine's generator.
 *
 * @throws OptionError if the name is unknown or an option out of range
 *
 * @example
 * createNetwork({ name: "resnet18", width: 8 }).settings.stem; // "7x7"
 */
export function createNetwork({ name, ...options }: Partial<NetworkDescription> & { readonly name: NetworkName }): EmbeddingNetwork {
  const make = Object.hasOwn(networks, name) ? networks[name] : undefined;
  if (make === undefined) throw invalidOption("createNetwork", "name", `one of ${Object.keys(networks).join(", ")}`, name);
  return make(options);
}
