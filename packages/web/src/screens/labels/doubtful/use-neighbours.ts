import type { ApiAnswers } from "@semblant/api";
import { type UseQueryOptions, useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { ApiError, api } from "../../../client/api.ts";
import { keys, queryClient } from "../../../client/query-client.ts";
import type { Audit, Photo } from "../../../client/shapes.ts";
import type { Doubtful } from "./decision.ts";

type Hits = ApiAnswers["search"]["hits"];

/** Where faces stand that are shown beside a doubtful one: those that look so, or those of a folder whose word the model does not know. */
export type Beside = { readonly expression: string } | { readonly folder: string };

export function besideOf({ labels }: Pick<Audit, "labels">, { path }: Pick<Doubtful, "path">, label: string): Beside {
  const known = labels.find((one) => one.label === label);
  if (known === undefined) return { expression: label };
  if (known.expression !== undefined) return { expression: known.expression };
  const [first = "", second] = path.split("/").slice(0, -1);
  const isLabelSecond = second !== undefined && labels.some((one) => one.label === second) && !labels.some((one) => one.label === first);
  return { folder: isLabelSecond ? `${first}/${label}` : label };
}

const howMany = 5;

function neighbours(face: number, beside: Beside): UseQueryOptions<Hits> {
  const body = { face, k: howMany, filter: beside };
  return {
    queryKey: keys.question("search", body),
    queryFn: async ({ signal }) => {
      try {
        return (await api<ApiAnswers["search"]>("/search", { method: "POST", body, signal })).hits;
      } catch (error) {
        if (error instanceof ApiError && error.status === 409) return []; // no face is so
        throw error;
      }
    },
    retry: false,
  };
}

/** The faces that are most alike, of those of one label. */
export const useNeighbours = (face: number, beside: Beside) => useQuery(neighbours(face, beside));

/** Asks for what the next face needs while one looks at this one. */
export function usePreparedFace(next: Doubtful | undefined, audit: Audit): void {
  useEffect(() => {
    if (next === undefined) return;
    const { photo, face, given, suggested } = next;
    void queryClient.prefetchQuery({ queryKey: keys.photo(photo), queryFn: ({ signal }) => api<Photo>(`/photos/${photo}`, { signal }) });
    for (const label of [given, suggested]) void queryClient.prefetchQuery(neighbours(face, besideOf(audit, next, label)));
  }, [next, audit]);
}
