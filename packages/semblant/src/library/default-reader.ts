import type { LibraryReader } from "./reading.ts";

/** What a library reads photos with unless it is told otherwise, in each of its threads: the model that ships, one processor each. */
export async function openReader(options: { readonly model?: string } = {}): Promise<LibraryReader> {
  const { openNodeReader } = await import("../photos/node-reader.ts");
  return openNodeReader({ threads: 1, ...options });
}
