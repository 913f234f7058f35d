import { Module, type Sequential, type Tensor, tidy } from "@semblant/torch";
import type { EmbeddingNetwork, NetworkDescription, NetworkInput } from "./embedding-network.ts";

/**
 * A network without shortcuts: convolutions that shrink the image, then fully connected layers on all that is left of it.
 * Its tensors have the names that torchvision gives those of its AlexNet and VGG, `features.0.weight` to `classifier.6.bias`.
 */
export class PlainNetwork extends Module implements EmbeddingNetwork {
  readonly name: string;
  readonly settings: NetworkDescription;
  readonly input: NetworkInput;
  readonly dimensions: number;
  readonly features: Sequential;
  readonly classifier: Sequential;

  constructor(settings: NetworkDescription, features: Sequential, classifier: Sequential) {
    super();
    const { name, size, channels, mean, std, dimensions } = settings;
    this.name = name;
    this.settings = settings;
    this.input = { size, channels, mean, std };
    this.dimensions = dimensions;
    this.features = features;
    this.classifier = classifier;
  }

  override forward(images: Tensor): Tensor {
    return tidy(() => this.classifier.forward(flat(this.features.forward(images))));
  }
}

/** (batch, channels, height, width) → (batch, features), and the images given up. */
function flat(images: Tensor): Tensor {
  const rows = images.flatten(1);
  images.dispose();
  return rows;
}
