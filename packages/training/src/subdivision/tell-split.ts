import { type ProcessGroup, type Tensor, tensor, tidy, zeros } from "@semblant/torch";
import { saidByRank0 } from "../distributed/tell.ts";
import { tellTensors } from "../distributed/tell-tensors.ts";
import type { Split } from "./split.ts";

/** The split of rank 0, on every rank; without a group it is the own one. */
export function tellSplit(group: ProcessGroup | undefined, own: Split | undefined): Split {
  if (group === undefined) return own as Split;
  const said = JSON.parse(saidByRank0(group, "split", () => JSON.stringify(wordsOf(own as Split)))) as ReturnType<typeof wordsOf>;
  const { images, parents, names, report, voted } = said;
  return tidy(() => {
    const labels = own === undefined ? zeros([images], { dtype: "int32" }) : tensor(own.labels, { dtype: "int32" });
    const shape = [images, names.length];
    const known = !voted ? [] : [own?.known === undefined ? zeros(shape) : tensor(own.known, { shape })];
    tellTensors(group, [labels, ...known]);
    const [of] = known as [Tensor?];
    return {
      labels: labels.data() as Int32Array,
      parents: Int32Array.from(parents),
      names,
      report,
      ...(of && { known: of.data() as Float32Array }),
    };
  });
}

/** All of a split but its lists of one number an image, which go as tensors. */
function wordsOf({ labels, parents, names, report, known }: Split) {
  return { images: labels.length, parents: Array.from(parents), names, report, voted: known !== undefined };
}
