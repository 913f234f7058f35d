import { DataError } from "@semblant/core";
import { remark } from "@semblant/core/internals";
import type { Dataset } from "@semblant/datasets";
import { type DataSettings, openData as readData } from "@semblant/training/settings";
import { openFaceFinder } from "./face-finder.ts";
import { hearWhileBusy } from "./hear-while-busy.ts";

/** Names of pictures without a face that are said; an inspection says more. */
const shown = 5;

/**
 * Opens the data of settings, with faces found where its pictures are heads or whole photos. Says where decoded images
 * were kept, since that is a place nobody asked to be written to, in which pictures no face was found, and what a
 * person should know of the set.
 */
export async function openData(settings: DataSettings, progress: (text: string) => void = () => {}): Promise<Dataset> {
  await hearWhileBusy();
  const finder = openFaceFinder((done, total) => {
    remark(`Faces are found in the ${total.toLocaleString("en-US")} pictures of ${settings.source} ...`); // said once
    progress(`finding faces: ${done}/${total}`);
  });
  try {
    const data = await readData(settings, { finder });
    sayKept(data);
    sayFaceless(data);
    for (const warning of data.warnings ?? []) remark(`${data.name}: ${warning}`);
    return data;
  } finally {
    await finder.close();
  }
}

/**
 * Refuses data without labels where nothing can be done without.
 *
 * @param faces how many there are, where they are not those of all splits
 * @throws DataError if there are none
 */
export function refuseUnlabeled(where: string, { name, classes, ...data }: Dataset, source: string, faces?: number): void {
  if (classes.length > 0) return;
  const n = faces ?? data.train.images.count + data.validation.images.count + data.test.images.count;
  throw new DataError(
    `${where}: expected faces with labels, but ${name} at ${source} has none${n === 1 ? "" : ` (${n.toLocaleString("en-US")} faces)`}.\n` +
      `  They can be embedded, to be searched and clustered: semblant embed RUN ${source} --out faces.npy`,
  );
}

/** Says where decoded images were kept, if they were kept just now. */
export function sayKept({ keptIn }: { readonly keptIn?: string }): void {
  if (keptIn !== undefined) remark(`Decoded images are kept in ${keptIn} for the next time (nowhere with data.cache=false).`);
}

/** Says in which pictures a face was looked for in vain, and what became of them. */
export function sayFaceless({ name, faces }: Pick<Dataset, "name" | "faces">): void {
  if (faces === undefined || faces.notFound.length === 0) return;
  const { pictures, notFound, kept } = faces;
  const [they, leaves] = notFound.length === 1 ? ["it is", "leaves it"] : ["they are", "leaves them"];
  const then = kept ? `${they} taken whole (data.noFace=out ${leaves} out)` : `${they} left out`;
  const named = `${notFound.slice(0, shown).join(", ")}${notFound.length > shown ? " ..." : ""}`;
  remark(
    `No face was found in ${notFound.length.toLocaleString("en-US")} of ${pictures.toLocaleString("en-US")} pictures of ` +
      `${name}; ${then}: ${named}`,
  );
}
