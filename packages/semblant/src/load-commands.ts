import { readdirSync } from "node:fs";
import type { CommandModule } from "./terminal/command.ts";
import type { CommandPage } from "./terminal/declaration.ts";
import { inOrder } from "./terminal/page.ts";

const folder = new URL("./pages/", import.meta.url);

/** Every command, in the order of the overview. Each file of the folder `pages/` is one. */
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
  return inOrder(await Promise.all(files.map(loadPage)));
}

/** A command by its page. The file of the same name in `commands/` does its work, and all that it imports is loaded only then. */
async function loadPage(file: string): Promise<CommandModule> {
  const { page }: { page: CommandPage } = await import(new URL(file, folder).href);
  return {
    page,
    async run(words, flags, terminal) {
      const { command }: { command: CommandModule } = await import(new URL(`../commands/${file}`, folder).href);
      return command.run(words, flags, terminal);
    },
  };
}
