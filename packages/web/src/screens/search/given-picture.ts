import type { ApiAnswers } from "@semblant/api";
import { useSyncExternalStore } from "react";
import { api } from "../../client/api.ts";

export type Looked = ApiAnswers["look"];

/** A picture to search by. It is held for as long as the window is open, and is not kept with the library. */
export interface GivenPicture {
  readonly address: string;
  readonly name: string;
  readonly looked?: Looked;
  readonly error?: unknown;
  /** Which of its faces is meant. */
  readonly chosen: number;
}

let current: GivenPicture | undefined;
const listeners = new Set<() => void>();

function set(next: GivenPicture | undefined): void {
  if (current !== undefined && current.address !== next?.address) URL.revokeObjectURL(current.address);
  current = next;
  for (const listener of listeners) listener();
}

/** Looks for faces in a picture that was dropped, pasted, chosen or taken. The largest face is meant first. */
export async function givePicture(file: Blob, name: string): Promise<void> {
  const given: GivenPicture = { address: URL.createObjectURL(file), name, chosen: 0 };
  set(given);
  try {
    const type = file.type.startsWith("image/") ? file.type : "application/octet-stream";
    const looked = await api<Looked>("/look", { method: "POST", body: file, headers: { "content-type": type } });
    if (current?.address === given.address) set({ ...given, looked, chosen: largestOf(looked) });
  } catch (error) {
    if (current?.address === given.address) set({ ...given, error });
  }
}

function largestOf({ faces }: Looked): number {
  const sizes = faces.map(({ box }) => box.width * box.height);
  return Math.max(0, sizes.indexOf(Math.max(...sizes)));
}

export const chooseFace = (chosen: number): void => current && set({ ...current, chosen });
export const dropPicture = (): void => set(undefined);

const subscribe = (changed: () => void) => {
  listeners.add(changed);
  return () => void listeners.delete(changed);
};

export const useGivenPicture = (): GivenPicture | undefined => useSyncExternalStore(subscribe, () => current);
