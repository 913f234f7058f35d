import type { ApiAnswers } from "@semblant/api";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "../../client/api.ts";
import { keys } from "../../client/query-client.ts";

export type BestShots = ApiAnswers["best"];
export type Burst = BestShots["bursts"][number];
export type Shot = Burst["shots"][number];

/** The best shot of each moment, by the expression that is wanted of all faces. */
export function useBest(expression: string, enabled: boolean) {
  const body = { expression };
  return useQuery({
    queryKey: keys.question("best", body),
    queryFn: ({ signal }) => api<BestShots>("/best", { method: "POST", body, signal }),
    enabled,
    placeholderData: keepPreviousData,
    retry: false,
  });
}
