import { OptionError } from "@semblant/core/words/internals";

/** What only a folder of photos can be asked for. */
const ofFolders = ["similarity", "sheet", "filter", "library", "model", "followLinks"];
/** What only a run can be asked for. */
const ofRuns = ["data", "split", "thumbnails", "weights", "threads"];

/**
 * Refuses what only a folder of photos can be asked for.
 *
 * @param got what was given in its place: `the embeddings faces.npy`
 * @throws OptionError for the first of them
 */
export function refuseFolderOptions(where: string, got: string, given: Readonly<Record<string, unknown>>): void {
  const name = ofFolders.find((one) => given[one] !== undefined) ?? (given.index === false ? "no-index" : undefined);
  if (name === undefined) return;
  const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new OptionError(`${where}: expected a folder of photos with --${flag}, but got ${got}.`);
}

/**
 * Refuses what only a run can be asked for.
 *
 * @throws OptionError for the first of them
 */
export function refuseRunOptions(path: string, given: Readonly<Record<string, unknown>>): void {
  const name = ofRuns.find((one) => given[one] !== undefined);
  if (name === undefined) return;
  const asked = name === "data" ? "with other data" : `with --${name}`;
  throw new OptionError(
    `map: expected a run ${asked}, but got the embeddings ${path}.\n  They are mapped as they are, without their faces.`,
  );
}
