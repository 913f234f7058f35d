/** The packages as npm packs them. */
import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const npm = process.platform === "win32" ? "npm.cmd" : "npm";

/** The folders of packages/ that are published. */
export const packages = globSync("packages/*/package.json", { cwd: root }).map((path) => path.split("/")[1] as string);

/** Whether a package is a page, of which nothing is imported: it has no entry of its own. */
export function isPage(name: string): boolean {
  const { exports } = JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8")) as { exports: object };
  return !("." in exports);
}

/**
 * Packs a package, without running any script.
 *
 * @param name a folder of packages/
 * @param folder where the tarball is written
 * @returns the tarball's path
 */
export function pack(name: string, folder: string): string {
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const { stdout, stderr } = spawnSync(npm, args, { cwd: join(root, "packages", name), encoding: "utf8" });
  const filename = /"filename": "([^"]+)"/.exec(stdout)?.[1];
  if (filename === undefined) throw new Error(`npm pack said of ${name}: ${stderr}`);
  return join(folder, filename.replace(/^@/, "").replace("/", "-"));
}
