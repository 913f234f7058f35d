/** What can be said of a network without making one: what settings are checked against, and filled in from. */
export interface Architecture {
  /** As the paper writes it. */
  readonly title: string;
  /** Width and height of the images the authors give it, in pixels; ours for ResNet18, which they give 224. */
  readonly size: number;
  /** Of anything smaller its layers leave nothing. */
  readonly smallest: number;
  /** The options that not every network has. */
  readonly own: readonly ("stem" | "batchNorm" | "pooling")[];
}

/** The paper's five networks, by the name that settings give them. */
export const architectures = {
  resnet18: { title: "ResNet18", size: 48, smallest: 1, own: ["stem", "batchNorm"] },
  preactresnet18: { title: "PreActResNet18", size: 32, smallest: 1, own: ["batchNorm"] },
  fmpnet: { title: "FMPNet", size: 48, smallest: 12, own: ["batchNorm", "pooling"] },
  cvgg13: { title: "CVGG13", size: 64, smallest: 16, own: [] },
  alexnet: { title: "AlexNet", size: 227, smallest: 63, own: [] },
} as const satisfies Readonly<Record<string, Architecture>>;

export type NetworkName = keyof typeof architectures;

export const networkNames = Object.keys(architectures) as readonly NetworkName[];

/** What a network's last layer gives: an embedding, or a logit for each class (the paper's CNN). */
export const heads = ["embedding", "classes"] as const;
export type Head = (typeof heads)[number];

/** ResNet18's first layer: 7×7 at stride 2 and pooling (as published), 3×3 and pooling, or 3×3 alone. */
export const stems = ["7x7", "3x3-pool", "3x3"] as const;
export type Stem = (typeof stems)[number];

/** FMPNet's pooling in use: the regions of training at their middle places, or a plain max-pool of window 3 at stride 2. */
export const poolings = ["fixed", "max"] as const;
export type Pooling = (typeof poolings)[number];
