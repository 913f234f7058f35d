import type { DataSettings, Dataset } from "@semblant/training";
import type { Engine } from "../engine.ts";
import { remark } from "../terminal/remarks.ts";
import { hearWhileBusy } from "./stopping-training.ts";

/**
 * Opens the data of settings, says where decoded images were kept, since that is a place nobody asked to be written to,
 * and what a person should know of the set. */
export async function openData(engine: Engine, settings: DataSettings): Promise<Dataset> {
  await hearWhileBusy();
  const data = await engine.openData(settings);
  sayKept(data);
  for (const warning of data.warnings ?? []) remark(`${data.name}: ${warning}`);
  return data;
}

/** Says where decoded images were kept, if they were kept just now. */
export function sayKept({ keptIn }: { readonly keptIn?: string }): void {
  if (keptIn !== undefined) remark(`Decoded images are kept in ${keptIn} for the next time (nowhere with data.cache=false).`);
}
