/** Peers that are not there are named, with the command that gets them, before anything is measured. */
import { spawnSync } from "node:child_process";

const debian: Readonly<Record<string, string>> = { torch: "python3-torch", sklearn: "python3-sklearn", faiss: "python3-faiss" };

/** Which of these modules this Python lacks. */
export function missingModules(python: string, modules: readonly string[]): readonly string[] {
  const asked = `import importlib.util as u; print(",".join(m for m in ${JSON.stringify(modules)} if u.find_spec(m) is None))`;
  const { status, stdout } = spawnSync(python, ["-c", asked], { encoding: "utf8" });
  return status === 0 ? stdout.trim().split(",").filter(Boolean) : modules;
}

/** Ends the program with status 1 and a sentence where a module is missing. */
export function needsPython(where: string, python: string, modules: readonly string[]): void {
  const missing = missingModules(python, modules);
  if (missing.length === 0) return;
  console.error(
    `${where}: expected ${python} to have ${missing.join(" and ")}, but it has not.\n  Debian: apt-get install ${missing.map((name) => debian[name] ?? name).join(" ")}`,
  );
  process.exit(1);
}
