import { useQuery } from "@tanstack/react-query";
import { api } from "./api.ts";
import { keys } from "./query-client.ts";
import type { FaceColumns, Photo, PhotoColumns } from "./shapes.ts";

/** A photo as a grid needs it. */
export interface PhotoRow {
  readonly id: number;
  readonly path: string;
  /** Width over height. */
  readonly ratio: number;
  readonly taken: number | null;
  readonly faces: number;
  /** Of the file's content, for addresses that may be kept for ever. */
  readonly version: string;
}

/** Every photo, and what could not be read. */
export const usePhotos = () =>
  useQuery({ queryKey: keys.photos, queryFn: ({ signal }) => api<PhotoColumns>("/photos", { signal }), structuralSharing: false });

/** The rows of {@link usePhotos}. */
export function rowsOf({ columns }: PhotoColumns): PhotoRow[] {
  const { id, path, width, height, taken, faces, version } = columns;
  return id.map((one, i) => ({
    id: one,
    path: path[i] as string,
    ratio: (width[i] as number) / (height[i] as number) || 1,
    taken: taken[i] ?? null,
    faces: faces[i] as number,
    version: version[i] as string,
  }));
}

/** Every face, and what is said of it, as columns. */
export const useFaceColumns = (enabled = true) =>
  useQuery({ queryKey: keys.faces, queryFn: ({ signal }) => api<FaceColumns>("/faces", { signal }), enabled, structuralSharing: false });

/** A photo with its faces. */
export const usePhoto = (id: number) =>
  useQuery({
    queryKey: keys.photo(id),
    queryFn: ({ signal }) => api<Photo>(`/photos/${id}`, { signal }),
    placeholderData: (before) => (before?.id === id ? before : undefined),
  });

/** Where a photo's picture is: small, at a size for the screen, or all of it. */
export const pictureOf = (id: number, version: string, side: number | "full") => `/photos/${id}/picture?side=${side}&v=${version}`;
