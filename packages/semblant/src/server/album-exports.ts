import { realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, resolve, sep } from "node:path";
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
  if (realPlace(to).split(sep).includes(".semblant")) {
    throw new OptionError(`album: expected a folder of your own, but ${show(to)} is within one that holds a library.`);
  }
  const taken = await takeOut("album", { root, paths }, { folder: to, how: "plain copy" });
  return { folder: to, written: taken.filter(({ error }) => error === undefined).length };
}

/** Where a folder is or would be, links followed. */
function realPlace(path: string): string {
  const whole = resolve(path);
  try {
    return realpathSync(whole);
  } catch {
    return dirname(whole) === whole ? whole : join(realPlace(dirname(whole)), basename(whole));
  }
}
