import { readdirSync } from "node:fs";
import type { CommandModule } from "./terminal/command.ts";
import { inOrder } from "./terminal/page.ts";

const folder = new URL("./commands/", import.meta.url);

/** Every command, in the order of the overview. Each file of the folder `commands/` is one. */
export async function loadCommands(): Promise<readonly CommandModule[]> {
  return load(filesThere());
}

/** The command that the arguments name, with those beside it: `library check` brings the others of `library`. All where they name none. */
export async function loadCommandsFor(args: readonly string[]): Promise<readonly CommandModule[]> {
  const [first = ""] = args;
  const near = await load(filesThere().filter((file) => file.startsWith(`${first}.`) || file.startsWith(`${first}-`)));
  return near.some(({ page }) => page.name.split(" ").every((word, i) => word === args[i])) ? near : loadCommands();
}

/** Sources or what is compiled from them, whichever lies here; tests and declarations are none. */
function filesThere(): string[] {
  return readdirSync(folder).filter((name) => /^[a-z-]+\.[jt]s$/.test(name));
}

async function load(files: readonly string[]): Promise<readonly CommandModule[]> {
  const modules = await Promise.all(files.map((file): Promise<{ command: CommandModule }> => import(new URL(file, folder).href)));
  return inOrder(modules.map(({ command }) => command));
}
