import type { ApiAnswers, ApiQuestions } from "@semblant/api";
import { useMutation, useQuery } from "@tanstack/react-query";
import { api } from "../../client/api.ts";
import { queryClient } from "../../client/query-client.ts";

export type Learned = ApiAnswers["taught"];

const askAgain = () => queryClient.invalidateQueries({ queryKey: ["library"] });

/** The classes that this library was taught. */
export const useTaughtNames = (enabled: boolean) =>
  useQuery({
    queryKey: ["library", "taught"],
    queryFn: async ({ signal }) => (await api<{ names: readonly string[] }>("/taught", { signal })).names,
    enabled,
  });

export const useTeach = () =>
  useMutation({
    mutationFn: (body: ApiQuestions["teach"]) => api<Learned>("/taught", { method: "POST", body }),
    onSuccess: askAgain,
  });

export const useForgetTaught = () =>
  useMutation({
    mutationFn: (name: string) => api<void>(`/taught/${encodeURIComponent(name)}`, { method: "DELETE" }),
    onSuccess: askAgain,
  });
