import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { DataError } from "@semblant/core";

/**
 * Where the built page lies.
 *
 * @throws DataError if it was not built
 */
export function pageFolder(): string {
  const folder = join(dirname(fileURLToPath(import.meta.resolve("@semblant/web/package.json"))), "dist");
  if (existsSync(join(folder, "index.html"))) return folder;
  throw new DataError(`app: expected the app's page in ${folder}, but it was not built.\n  In a clone of the repository: npm run app`);
}
