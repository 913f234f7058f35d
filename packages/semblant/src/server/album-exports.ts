import { isAbsolute } from "node:path";
import type { AnswersOfFaces, FaceSet } from "@semblant/answers";
import { OptionError } from "@semblant/core";
import { show } from "@semblant/core/internals";
import { takeOut } from "@semblant/photos/internals";
import { albumSheet } from "@semblant/photos/sheets";

/** A page of an album that stands alone. */
export async function albumPage(set: FaceSet, album: AnswersOfFaces["album"]): Promise<Blob> {
  const making = albumSheet(set, album);
  let step = await making.next();
  while (!step.done) step = await making.next();
  return new Blob([step.value], { type: "text/html; charset=utf-8" });
}

/** Copies photos as they are to a folder that is empty or not there. */
export async function copyOut(root: string, paths: readonly string[], to: string) {
  if (!isAbsolute(to)) throw new OptionError(`album: expected the whole path of a folder, but got ${show(to)}.`);
  const taken = await takeOut("album", { root, paths }, { folder: to, how: "plain copy" });
  return { folder: to, written: taken.filter(({ error }) => error === undefined).length };
}
