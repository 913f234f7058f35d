import { type Tensor, tensor } from "@semblant/torch";

/**
 * Lists of numbers where the images lie, one tensor a list, all moved at once: on a GPU each move costs about as much as a
 * whole change of a batch. Where there is nothing to move, nothing is.
 */
export function upload(lists: readonly Float32Array[], device: string): Tensor[] {
  const all = new Float32Array(lists.reduce((sum, { length }) => sum + length, 0));
  if (all.length === 0) return lists.map(() => tensor(new Float32Array(0), { device }));
  let end = 0;
  const places = lists.map((list) => {
    const start = end;
    all.set(list, start);
    end += list.length;
    return [start, end] as const;
  });
  const moved = tensor(all, { device });
  return places.map(([start, stop]) => moved.slice(0, start, stop));
}
