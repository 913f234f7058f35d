// The version of every package, of what they ask of each other, of the lock file, and of CITATION.cff.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const lists = ["dependencies", "devDependencies", "peerDependencies"];

/** The folders of packages/, those that others need first. */
export function packageOrder(root) {
  const manifests = new Map(readdirSync(join(root, "packages")).map((folder) => [folder, manifestOf(root, folder)]));
  const folderOf = new Map([...manifests].map(([folder, { name }]) => [name, folder]));
  const order = [];
  const visit = (folder) => {
    if (order.includes(folder)) return;
    const { dependencies = {}, peerDependencies = {} } = manifests.get(folder);
    for (const name of Object.keys({ ...dependencies, ...peerDependencies })) if (folderOf.has(name)) visit(folderOf.get(name));
    order.push(folder);
  };
  for (const folder of manifests.keys()) visit(folder);
  return order;
}

/** What a package's package.json says. */
export function manifestOf(root, folder) {
  return JSON.parse(readFileSync(join(root, "packages", folder, "package.json"), "utf8"));
}

/**
 * Writes a version wherever the project says its own.
 *
 * @param {string} root
 * @param {string} version
 * @param {string} date of the release, YYYY-MM-DD
 */
export function setVersion(root, version, date) {
  const folders = packageOrder(root);
  const names = new Set(folders.map((folder) => manifestOf(root, folder).name));
  const atVersion = (manifest) => {
    const pinned = lists.filter((list) => manifest[list] !== undefined).map((list) => [list, withPins(manifest[list], names, version)]);
    return { ...manifest, version, ...Object.fromEntries(pinned) };
  };
  for (const folder of folders) writeJson(join(root, "packages", folder, "package.json"), atVersion(manifestOf(root, folder)));
  const lockPath = join(root, "package-lock.json");
  const lock = JSON.parse(readFileSync(lockPath, "utf8"));
  for (const folder of folders) lock.packages[`packages/${folder}`] = atVersion(lock.packages[`packages/${folder}`]);
  writeJson(lockPath, lock);
  const citationPath = join(root, "CITATION.cff");
  const citation = readFileSync(citationPath, "utf8")
    .replace(/^version: .*$/m, `version: ${version}`)
    .replace(/^date-released: .*$/m, `date-released: ${date}`);
  writeFileSync(citationPath, citation);
}

function withPins(list, names, version) {
  return Object.fromEntries(Object.entries(list).map(([name, range]) => [name, names.has(name) ? version : range]));
}

function writeJson(path, value) {
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}
