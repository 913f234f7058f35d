import { useMemo } from "react";
import { useSearch } from "wouter";
import { type PhotoRow, rowsOf, useFaceColumns, usePhotos } from "../../client/photos.ts";
import { type Choice, choiceOf, choosePhotos } from "./choose.ts";

const none: readonly PhotoRow[] = [];

/** The photos that the address asks for, in its order. */
export function useChoice() {
  const search = useSearch();
  const choice = useMemo((): Choice => choiceOf(new URLSearchParams(search)), [search]);
  const photos = usePhotos();
  const faces = useFaceColumns(choice.expression !== "");
  const all = useMemo(() => (photos.data === undefined ? none : rowsOf(photos.data)), [photos.data]);
  const chosen = useMemo(() => choosePhotos(all, choice, faces.data), [all, choice, faces.data]);
  const isPending = photos.isPending || (choice.expression !== "" && faces.isPending);
  return { choice, all, chosen, list: photos.data, isPending, error: photos.error ?? faces.error, again: () => void photos.refetch() };
}
