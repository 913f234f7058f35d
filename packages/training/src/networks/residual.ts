import type { BatchNorm2d, Tensor } from "@semblant/torch";

/** x normalised over the batch, where the network does that. */
export function normalized(norm: BatchNorm2d | undefined, x: Tensor): Tensor {
  return norm === undefined ? x : norm.forward(x);
}

/** x normalised, plus the shortcut where there is one, and then ReLU. Without a norm x itself is overwritten. */
export function activated(norm: BatchNorm2d | undefined, x: Tensor, addend: Tensor | null = null): Tensor {
  if (norm !== undefined) return norm.forward(x, { addend, relu: true });
  return (addend === null ? x : x.addInPlace(addend)).reluInPlace();
}

/** The eight blocks of a ResNet18, and the stride each begins with. */
export function blocks(): { block: string; first: number }[] {
  return [1, 2, 3, 4].flatMap((stage) => [
    { block: `layer${stage}.0`, first: stage === 1 ? 1 : 2 },
    { block: `layer${stage}.1`, first: 1 },
  ]);
}
