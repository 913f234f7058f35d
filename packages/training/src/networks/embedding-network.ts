import type { Module } from "@semblant/torch";

/** What a network's last layer gives: an embedding, or a logit for each class (the paper's CNN). */
export const heads = ["embedding", "classes"] as const;
export type Head = (typeof heads)[number];

/** What a network expects of the images it is given. */
export interface NetworkInput {
  /** Width and height, in pixels. */
  readonly size: number;
  /** 1 (grey) or 3 (red, green, blue). */
  readonly channels: number;
  /** What is subtracted from each channel, of pixels from 0 (black) to 1 (white). */
  readonly mean: readonly number[];
  /** What each channel is divided by after that. */
  readonly std: readonly number[];
}

/** The options that every network has. */
export interface NetworkOptions {
  /** Channels of the images: 1 (grey) or 3. */
  readonly channels?: number;
  /** Columns of the embedding; the classes, where the head is `classes`. */
  readonly dimensions?: number;
  /** What the last layer gives; only CVGG13 is built differently for it. */
  readonly head?: Head;
  /** Channels of the first layer: 64 as published. All later layers scale with it. */
  readonly baseChannels?: number;
  /** Width and height of the images, in pixels. */
  readonly size?: number;
  /** Subtracted from each channel of pixels from 0 to 1: 0.5 for grey; CIFAR-10's, as the authors have it, for color. */
  readonly mean?: readonly number[];
  /** What each channel is divided by after that: 0.2 for grey; CIFAR-10's for color. */
  readonly std?: readonly number[];
}

/** f: images (batch, channels, size, size), float, normalised → embeddings or logits (batch, dimensions). */
export interface EmbeddingNetwork extends Module {
  readonly dimensions: number;
  readonly input: NetworkInput;
  /** Name of the architecture: `resnet18`. */
  readonly name: string;
  /** The options it was made with, defaults filled in: {@link createNetwork} makes the like again from them. */
  readonly settings: NetworkDescription;
}

/** The settings of a network: what every network has, its name, and the options of its own, which its file knows. */
export type NetworkDescription = Required<NetworkOptions> & { readonly name: string };
