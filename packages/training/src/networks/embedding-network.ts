import type { Module } from "@semblant/torch";
import type { ResNet18Settings } from "./resnet.ts";

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

/** f: images (batch, channels, size, size), float, normalised → embeddings (batch, dimensions). */
export interface EmbeddingNetwork extends Module {
  readonly dimensions: number;
  readonly input: NetworkInput;
  /** Name of the architecture: `resnet18`. */
  readonly name: string;
  /** The options it was made with, defaults filled in: {@link createNetwork} makes the like again from them. */
  readonly settings: NetworkDescription;
}

/** The settings of one of the networks in `catalog.ts`. */
export type NetworkDescription = ResNet18Settings;
