import type { PartialSettings } from "@semblant/training/settings";
import type { PublishedMethod, PublishedNetwork } from "./published.ts";

/** One cell of the paper's tables: a network trained with a loss. */
export interface Cell {
  readonly method: PublishedMethod;
  readonly network: PublishedNetwork;
  readonly seed: number;
}

/** A cell's name among the runs. */
export const keyOf = ({ method, network, seed }: Cell): string => `${network}-${method}-${seed}`;

/** The run that figures of one network are made with. */
export const mainCell: Cell = { network: "resnet18", method: "sgm", seed: 0 };

/**
 * Minutes in place of hours: small networks, few epochs, on made-up faces. The pictures have the shape of the real ones and
 * the numbers mean nothing beside the paper's.
 */
export const quickSettings: PartialSettings = {
  data: { source: "generated", count: 3200, difficulty: 0.3 },
  network: { baseChannels: 16 },
  perClass: 6,
  epochs: 6,
  ema: 0.98,
  validation: { every: 2 },
};

/** AlexNet and ResNet18 at the paper's 227 and 224 pixels are not for minutes. */
export function quickOverrides(network: PublishedNetwork): string[] {
  return network === "alexnet" ? ["network.size=64"] : network === "cvgg13" ? ["network.size=48"] : [];
}
