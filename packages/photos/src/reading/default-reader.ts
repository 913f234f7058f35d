import type { LibraryReader } from "./reading.ts";

/** What photos are read with unless told otherwise, in each process that reads them: the model that ships, one thread each. */
export async function openReader(
  options: { readonly model?: string; readonly threads?: number; readonly smallest?: number } = {},
): Promise<LibraryReader> {
  const { openNodeReader } = await import("../models/node-reader.ts");
  return openNodeReader({ threads: 1, ...options });
}
