import { noGrad, type ProcessGroup, type Tensor, tidy } from "@semblant/torch";

/** Gives tensors that every rank has, of the same names and shapes, the values of rank 0. */
export function tellTensors(group: ProcessGroup, tensors: Iterable<Tensor>): void {
  noGrad(() => {
    for (const tensor of tensors) {
      tidy(() => {
        const told = tensor.detach().contiguous(); // whatever the order of its memory, which is not the same on every device
        group.broadcast(told, 0);
        if (group.rank !== 0) tensor.copyInPlace(told);
      });
    }
  });
}
