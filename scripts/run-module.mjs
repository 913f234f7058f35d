// What `npm run bench` and `npm run experiment` share: they run a module of a folder by its name. A module's usage is the comment that it
// begins with; what has none is a part of the others.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Runs the module that the arguments name, or prints its usage without loading it.
 *
 * @param {{ script: string, folder: string, args: readonly string[] }} asked `script`: as npm knows it
 * @returns {number} the exit status: 2 where there is no such module
 */
export function runModule({ script, folder, args: [name, ...options] }) {
  const usages = new Map(
    readdirSync(folder)
      .filter((entry) => entry.endsWith(".ts"))
      .map((entry) => [entry.slice(0, -3), usageOf(join(folder, entry))])
      .filter(([module, usage]) => usage?.includes(`npm run ${script} -- ${module}`)),
  );
  const usage = `usage: npm run ${script} -- NAME [options]; NAME is one of ${[...usages.keys()].join(", ")}\nMore of one: npm run ${script} -- NAME --help`;
  const isHelp = (word) => word === "--help" || word === "-h";
  if (isHelp(name)) {
    console.log(usage);
    return 0;
  }
  if (!usages.has(name)) {
    console.error(name === undefined ? usage : `${script}: there is no ${JSON.stringify(name)}.\n${usage}`);
    return 2;
  }
  if (options.some(isHelp)) {
    console.log(usages.get(name));
    return 0;
  }
  return (
    spawnSync(process.execPath, ["--conditions=semblant-source", join(folder, `${name}.ts`), ...options], { stdio: "inherit" }).status ?? 1
  );
}

/** The text of the comment that a file begins with. */
function usageOf(file) {
  const [, comment] = /^\/\*\*\n([\s\S]*?)\n \*\//.exec(readFileSync(file, "utf8")) ?? [];
  return comment?.replaceAll(/^ \* ?/gm, "");
}
