import { useEffect, useState } from "react";
import { ask } from "./api.ts";
import { home, startHome } from "./home.ts";
import { serverTransport } from "./server-transport.ts";

interface Held {
  users: number;
  readonly address: Promise<string>;
}

/** Blobs of pictures on show, each fetched once; freed a moment after the last image that shows it is gone. */
const held = new Map<string, Held>();

function hold(path: string): Held {
  const there = held.get(path);
  if (there !== undefined) {
    there.users += 1;
    return there;
  }
  const address = ask(path)
    .then((response) => response.blob())
    .then((blob) => URL.createObjectURL(blob));
  const made = { users: 1, address };
  held.set(path, made);
  return made;
}

function release(path: string, one: Held): void {
  one.users -= 1;
  setTimeout(() => {
    if (one.users > 0 || held.get(path) !== one) return;
    held.delete(path);
    one.address.then(URL.revokeObjectURL, () => {});
  }, 10_000);
}

/** An address for an image element that shows a picture of the API, as "/faces/12/thumbnail"; `failed` where there is none. */
export function useImage(path: string | undefined): { readonly address: string | undefined; readonly failed: boolean } {
  const direct = path !== undefined && home === "server" ? serverTransport.imageAddress(path) : undefined;
  const [fetched, setFetched] = useState<{ path: string; address?: string; failed: boolean }>();
  useEffect(() => {
    if (path === undefined || direct !== undefined) return;
    let over = false;
    void startHome();
    const one = hold(path);
    one.address.then(
      (address) => over || setFetched({ path, address, failed: false }),
      () => over || setFetched({ path, failed: true }),
    );
    return () => {
      over = true;
      release(path, one);
    };
  }, [path, direct]);
  if (direct !== undefined) return { address: direct, failed: false };
  return fetched?.path === path ? { address: fetched?.address, failed: fetched?.failed ?? false } : { address: undefined, failed: false };
}
