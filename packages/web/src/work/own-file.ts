import { DataError } from "@semblant/core";

/**
 * A file that is served with the page, as bytes.
 *
 * @param path from the page's base
 * @throws DataError if it is not there
 */
export async function ownFile(path: string, base: string): Promise<Uint8Array> {
  const answer = await fetch(new URL(path, base), { credentials: "same-origin" }).catch((cause) => {
    throw new DataError(`${path}: the page cannot load it: the network or the server is away.`, { cause });
  });
  if (!answer.ok) throw new DataError(`${path}: expected a file beside the page, but got ${answer.status} ${answer.statusText}.`);
  return new Uint8Array(await answer.arrayBuffer());
}
