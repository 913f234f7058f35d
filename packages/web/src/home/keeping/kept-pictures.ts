import type { Pictures } from "./store.ts";

/** Copies in a folder of the origin's private file system. A file is written beside its place, and put there by its last step. */
export async function keptPictures(): Promise<Pictures> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle("semblant-pictures", { create: true });
  const find = (hash: string) => folder.getFileHandle(hash).catch(orNothing);
  const drop = (hash: string) => folder.removeEntry(hash).catch(orNothing);
  return {
    async put(hash, bytes) {
      if ((await (await find(hash))?.getFile())?.size === bytes.size) return;
      try {
        await write(await folder.getFileHandle(hash, { create: true }), bytes);
      } catch (error) {
        await drop(hash);
        throw error;
      }
    },
    get: async (hash) => (await find(hash))?.getFile(),
    drop: async (hash) => void (await drop(hash)),
    async hashes() {
      const hashes: string[] = [];
      for await (const hash of folder.keys()) hashes.push(hash);
      return hashes;
    },
  };
}

/** What is asked for may be away; anything else is an error. */
function orNothing(error: unknown): undefined {
  if (error instanceof DOMException && error.name === "NotFoundError") return undefined;
  throw error;
}

async function write(file: FileSystemFileHandle, bytes: Blob): Promise<void> {
  if (typeof file.createWritable === "function") {
    const out = await file.createWritable();
    await bytes.stream().pipeTo(out);
    return;
  }
  // Browsers without it let a worker write at once.
  const access = await (file as unknown as { createSyncAccessHandle(): Promise<SyncAccess> }).createSyncAccessHandle();
  try {
    access.truncate(0);
    access.write(new Uint8Array(await bytes.arrayBuffer()));
    access.flush();
  } finally {
    access.close();
  }
}

interface SyncAccess {
  truncate(size: number): void;
  write(bytes: Uint8Array): number;
  flush(): void;
  close(): void;
}
