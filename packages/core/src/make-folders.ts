/** The calls of a file system that making folders needs. */
export interface FolderCalls {
  /** What is at a path, if anything. */
  kindOf(path: string): "folder" | "other" | undefined;
  mkdir(path: string): void;
  dirname(path: string): string;
}

/**
 * Makes a folder and those above it that are missing, one by one from the top. Node's own `recursive` tries for ever, deaf to every signal,
 * where the system answers ENOENT below a folder that is there, as `/proc` does.
 *
 * @throws what `mkdir` throws, also where a file stands in the folder's place
 *
 * @example
 * const made: string[] = [];
 * const calls = {
 *   kindOf: (path: string) => (path === "/" || made.includes(path) ? ("folder" as const) : undefined),
 *   mkdir: (path: string) => void made.push(path),
 *   dirname: (path: string) => path.slice(0, path.lastIndexOf("/")) || "/",
 * };
 * makeFolders("/runs/1", calls);
 * made; // ["/runs", "/runs/1"]
 */
export function makeFolders(path: string, { kindOf, mkdir, dirname }: FolderCalls): void {
  if (kindOf(path) === "folder") return;
  const missing = [path];
  for (let at = dirname(path); kindOf(at) === undefined && dirname(at) !== at; at = dirname(at)) missing.unshift(at);
  for (const folder of missing) {
    try {
      mkdir(folder);
    } catch (error) {
      if (kindOf(folder) !== "folder") throw error; // another process may have made it meanwhile
    }
  }
}
