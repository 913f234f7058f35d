import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { DataError } from "@semblant/core";

/**
 * Where the built page lies. Its package is not among those that photos need: the page brings networks and what runs them in a browser.
 *
 * @throws DataError if it is not installed, or was not built
 */
export function pageFolder(): string {
  const folder = join(webFolder(), "dist");
  if (existsSync(join(folder, "index.html"))) return folder;
  throw new DataError(`app: expected the app's page in ${folder}, but it was not built.\n  In a clone of the repository: npm run app`);
}

function webFolder(): string {
  try {
    return dirname(fileURLToPath(import.meta.resolve("@semblant/web/package.json")));
  } catch {
    throw new DataError(
      "app: expected @semblant/web, which has the app's page, but it is not installed.\n  Install it: npm install @semblant/web",
    );
  }
}
