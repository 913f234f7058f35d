import type { ApiAnswers } from "@semblant/api";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api } from "../../client/api.ts";
import { usePhotos } from "../../client/photos.ts";
import { keys } from "../../client/query-client.ts";
import { albumBody, type KeptAlbum } from "./kept-album.ts";

export type Album = ApiAnswers["album"];
export type AlbumPicture = Album["pictures"][number];

/** The summary; the one before stays on show until it is there. */
export function useAlbum(kept: KeptAlbum, enabled: boolean) {
  const photos = usePhotos();
  const versions = useMemo(() => {
    const columns = photos.data?.columns;
    return new Map(columns?.id.map((id, i) => [id, columns.version[i] as string]));
  }, [photos.data]);
  const body = albumBody(kept, new Set(versions.keys()));
  const album = useQuery({
    queryKey: keys.question("album", body),
    queryFn: ({ signal }) => api<Album>("/album", { method: "POST", body, signal }),
    enabled: enabled && photos.data !== undefined,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return { album, body, versions };
}
