import { existsSync } from "node:fs";
import { join } from "node:path";
import { DataError } from "@semblant/core";
import type { Study } from "./study.ts";

/** The last finished level of the study's subdivision, a run like any other. */
export async function lastLevel(study: Study): Promise<{ readonly run: string; readonly level: number; readonly dir: string }> {
  const dir = await study.subdivision();
  let level = 0;
  while (existsSync(join(dir, `level-${level + 1}`, "level.json"))) level++;
  if (level === 0) {
    throw new DataError(`subdivision at ${dir}: no finished level.\n  Go on with it: semblant subdivide --resume ${dir}`);
  }
  return { run: join(dir, `level-${level}`), level, dir };
}
