import { readFileSync } from "node:fs";
import { engine, type ProcessGroup } from "@semblant/torch";
import { refuseOtherFacts } from "./same-facts.ts";

const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string };

/** What runs here. */
export const versionsHere = (): Readonly<Record<string, string>> => ({ Semblant: version, libtorch: engine().libtorch });

/**
 * Stops every rank where one runs another version than rank 0. It is the first that ranks say to each other: what follows may be said
 * otherwise in another version.
 *
 * @throws EngineError that names the rank, the same on every rank
 */
export function refuseOtherVersions(group: ProcessGroup, here = versionsHere()): void {
  refuseOtherFacts(group, { versions: here, settings: {}, data: {} });
}
