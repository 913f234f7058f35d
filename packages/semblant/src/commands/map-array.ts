import { OptionError } from "@semblant/core";

/**
 * Refuses what only a run can be asked for.
 *
 * @throws OptionError for the first of them
 */
export function refuseRunOptions(path: string, options: Readonly<Record<string, unknown>>): void {
  const given = ["data", "split", "thumbnails", "weights", "threads"].find((name) => options[name] !== undefined);
  if (given === undefined) return;
  const asked = given === "data" ? "with other data" : `with --${given}`;
  throw new OptionError(
    `map: expected a run ${asked}, but got the embeddings ${path}.\n  They are mapped as they are, without their faces.`,
  );
}
