import type { ApiAnswers } from "@semblant/api";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api } from "../../client/api.ts";
import { keys } from "../../client/query-client.ts";

export type FaceGroups = ApiAnswers["groups"];
export type FaceGroup = FaceGroups["groups"][number];

/** How groups are made: as alike as this from 0 to 1, or as many as the faces speak for. */
export type Grouping = { readonly by: "likeness"; readonly similarity: number } | { readonly by: "number" };

/** Groups of all faces; those before stay on show until they are there. */
export function useGroups(grouping: Grouping, enabled = true) {
  const body = { top: 12, ...(grouping.by === "likeness" && { similarity: grouping.similarity }) };
  return useQuery({
    queryKey: keys.question("groups", body),
    queryFn: ({ signal }) => api<FaceGroups>("/groups", { method: "POST", body, signal }),
    enabled,
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** A value that follows another one as soon as that rests for a moment. */
export function useRested<T>(value: T, wait = 120): T {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), wait);
    return () => clearTimeout(timer);
  }, [value, wait]);
  return rested;
}
