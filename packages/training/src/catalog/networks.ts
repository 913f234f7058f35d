import { join } from "node:path";
import { invalidOption } from "@semblant/core/internals";
import { declaredIn } from "../declarations/declared-in.ts";
import type { EmbeddingNetwork, NetworkOptions } from "../networks/embedding-network.ts";
import type { NetworkDeclaration } from "../networks/network-declaration.ts";

/** Every network that a file of `networks/` declares, by its name. */
export const networkDeclarations = await declaredIn<NetworkDeclaration>(join(import.meta.dirname, "../networks"));

export const networkNames: readonly string[] = [...networkDeclarations.keys()];

/**
 * The declaration of a network.
 *
 * @throws OptionError if the name is unknown
 *
 * @example
 * networkNamed("resnet18").title; // "ResNet18"
 */
export function networkNamed(name: string, where = "createNetwork"): NetworkDeclaration {
  const declaration = networkDeclarations.get(name);
  if (declaration === undefined) throw invalidOption(where, "name", `one of ${networkNames.join(", ")}`, name);
  return declaration;
}

/**
 * The network that settings describe, with fresh weights from the engine's generator.
 *
 * @throws OptionError if the name is unknown, the network has no such option, or an option is out of range
 *
 * @example
 * createNetwork({ name: "resnet18", baseChannels: 8 }).settings.size; // 48
 * createNetwork({ name: "cvgg13", baseChannels: 8, head: "classes", dimensions: 8 }).settings.size; // 64
 * createNetwork({ name: "cvgg13", batchNorm: true });
 * // throws OptionError: cvgg13: unknown option "batchNorm"
 */
export function createNetwork({
  name,
  ...options
}: NetworkOptions & { readonly name: string; readonly [option: string]: unknown }): EmbeddingNetwork {
  return networkNamed(name).make(options);
}
