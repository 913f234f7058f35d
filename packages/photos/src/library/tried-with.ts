import type { Unread } from "../reading/reading.ts";
import type { ReadingLimits } from "../reading/reading-limits.ts";
import { decoderVersions } from "../version.ts";

/** What a photo is tried with: if it fails, it is not tried again before this changes, or the photo does. */
export interface TriedWith {
  /** The program and its decoders by their versions: what decides for the bytes of a photo. */
  readonly decoders: string;
  /** These and the limits of a process: what decides for one that hangs, swells or breaks it. */
  readonly process: string;
}

export function triedWith({ seconds, memory }: ReadingLimits): TriedWith {
  const decoders = decoderVersions;
  return { decoders, process: `${decoders}, ${seconds} s, ${memory} MiB` };
}

/** What a failure depends on; "" where that may have passed by the next time. */
export function dependsOn({ cause }: Unread, tried: TriedWith): string {
  return { bytes: tried.decoders, ended: tried.process, passing: "", "ended from outside": "" }[cause];
}
