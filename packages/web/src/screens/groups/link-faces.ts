import type { Correction } from "@semblant/api";
import { correct, withdraw } from "../../client/library.ts";
import { queryClient } from "../../client/query-client.ts";
import { notify } from "../../design/notices.tsx";

/** Has corrections kept, says so, and offers to take them all back. What was kept before one is refused is taken back too. */
export async function keepCorrections(
  corrections: readonly Correction[],
  said: { readonly text: string; readonly undo: string },
): Promise<void> {
  const kept: number[] = [];
  const takeBack = async () => {
    for (const id of kept.reverse()) await withdraw(id);
    await queryClient.invalidateQueries({ queryKey: ["library"] });
  };
  try {
    for (const correction of corrections) kept.push(await correct(correction));
  } catch (error) {
    await takeBack();
    throw error;
  }
  await queryClient.invalidateQueries({ queryKey: ["library"] });
  notify({ text: said.text, action: { name: said.undo, onPress: () => void takeBack() } });
}

/** Faces that do not belong with another one: each apart from it, and free to be with the rest. */
export const notWith = (faces: readonly number[], other: number): Correction[] =>
  faces.filter((face) => face !== other).map((face) => ({ kind: "apart", faces: [face, other] }));

/** Faces that belong with another group: together with its medoid. */
export const moveTo = (faces: readonly number[], medoid: number): Correction[] => [{ kind: "together", faces: [...faces, medoid] }];
