import { OptionError } from "@semblant/core";
import { remark } from "@semblant/core/internals";
import type { ProcessGroup } from "@semblant/torch";
import { type DataPlaces, isFirst, ofRank0 } from "@semblant/training/internals";
import { type PartialSettings, resolveSettings } from "@semblant/training/settings";
import { holdsRun, refuseOtherRun } from "./planned-run.ts";
import { runFolder } from "./run-folder.ts";

/** The run that a training goes on with, where there is one, and where its data are now. */
export interface GoesOn {
  readonly resume: string | undefined;
  readonly moved: DataPlaces;
}

interface Asked {
  readonly settings?: PartialSettings;
  readonly overrides?: readonly string[];
  readonly out?: string;
  readonly resume?: string;
  readonly goOn?: boolean;
  readonly moved?: DataPlaces;
  readonly limitMinutes?: number;
}

/**
 * Whether a training goes on with a run: with the one that is named, or with that in its folder, if it is there already. Of several ranks
 * rank 0 looks; each says where its own data are.
 *
 * @throws OptionError where the run in the folder has other settings
 */
export function whereToGoOn(group: ProcessGroup | undefined, asked: Asked): GoesOn {
  const { settings = {}, overrides, out, resume, goOn = false, moved = {}, limitMinutes } = asked;
  if (resume !== undefined || !goOn) return { resume: resume === undefined ? undefined : runFolder(resume), moved };
  if (out === undefined)
    throw new OptionError("train: expected --out beside --go-on, but got no folder.\n  It says which run to go on with.");
  const wanted = resolveSettings(settings, overrides);
  const there = ofRank0(group, "run to go on with", () => {
    const other = refuseOtherRun("train", { dir: out, settings: wanted, limited: limitMinutes !== undefined });
    return holdsRun(out) ? (other ?? {}) : null;
  });
  if (there === null) return { resume: undefined, moved };
  remark(`going on with ${out} ...`);
  const { source, corrections, softLabels } = wanted.data;
  return { resume: out, moved: isFirst(group) ? there : { source, corrections, softLabels } };
}
