import type { ApiAnswers } from "@semblant/api";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "../../client/api.ts";
import { keys } from "../../client/query-client.ts";
import { bodyOf, isAsked, type Question } from "./question.ts";

export type Hits = ApiAnswers["search"];
export type Hit = Hits["hits"][number];

/** What the home finds; what was found before stays on show until then. */
export function useHits(question: Question, { k, embedding }: { readonly k: number; readonly embedding: readonly number[] | undefined }) {
  const body = bodyOf(question, { k, embedding });
  return useQuery({
    queryKey: keys.question("search", body),
    queryFn: ({ signal }) => api<Hits>("/search", { method: "POST", body, signal }),
    enabled: isAsked(question, embedding),
    placeholderData: keepPreviousData,
    retry: false,
  });
}
