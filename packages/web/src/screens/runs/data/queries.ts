import { useMutation, useQueries, useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { api } from "../../../client/api.ts";
import { useEvent } from "../../../client/events.ts";
import { queryClient } from "../../../client/query-client.ts";
import type { AppEvent } from "../../../client/transport.ts";
import type { Evaluation, Field, Measured, Run, RunDetails, RunMap, RunSteps } from "./shapes.ts";
import { joinSteps } from "./steps.ts";

const path = (run: string, part = "") => `/runs/${encodeURIComponent(run)}${part}`;
const keyOf = (run: string) => ["runs", "of", run] as const;
const listKey = ["runs", "list"] as const;

/** Asks again what an event says has changed. */
export function useRunEvents(): void {
  useEvent(
    useCallback((event: AppEvent) => {
      if (event.type !== "run") return;
      void queryClient.invalidateQueries({ queryKey: listKey });
      void queryClient.invalidateQueries({ queryKey: keyOf(event.run) });
    }, []),
  );
}

export const useRuns = () =>
  useQuery({
    queryKey: listKey,
    queryFn: ({ signal }) => api<{ readonly folder: string; readonly runs: readonly Run[] }>("/runs", { signal }),
  });

export const useDetails = (runs: readonly string[]) =>
  useQueries({
    queries: runs.map((run) => ({
      queryKey: [...keyOf(run), "details"],
      queryFn: ({ signal }: { signal: AbortSignal }) => api<RunDetails>(path(run), { signal }),
    })),
  });

/** The steps of runs; of a run that trains only the new ones are asked for. */
export const useSteps = (runs: readonly string[]) =>
  useQueries({
    queries: runs.map((run) => {
      const queryKey = [...keyOf(run), "steps"];
      return {
        queryKey,
        queryFn: async ({ signal }: { signal: AbortSignal }) => {
          const before = queryClient.getQueryData<RunSteps>(queryKey);
          const query = before === undefined ? "" : `?after=${before.step.at(-1) ?? 0}&generation=${before.generation}`;
          return joinSteps(before, await api<RunSteps & { readonly whole: boolean }>(path(run, `/steps${query}`), { signal }));
        },
        structuralSharing: false,
      };
    }),
  });

export const useEvaluations = (runs: readonly string[]) =>
  useQueries({
    queries: runs.map((run) => ({
      queryKey: [...keyOf(run), "evaluation"],
      queryFn: ({ signal }: { signal: AbortSignal }) => api<Measured<Evaluation>>(path(run, "/evaluation"), { signal }),
    })),
  });

export const useRunMap = (run: string) =>
  useQuery({
    queryKey: [...keyOf(run), "map"],
    queryFn: ({ signal }) => api<Measured<RunMap>>(path(run, "/map"), { signal }),
    structuralSharing: false,
  });

const settle = (run: string) => {
  void queryClient.invalidateQueries({ queryKey: listKey });
  void queryClient.invalidateQueries({ queryKey: keyOf(run) });
};

/** Has a run measured, its map brought up to date, stopped, resumed, or what it failed of forgotten. */
export const useAct = (act: "evaluation" | "map" | "stop" | "resume" | "dismiss") =>
  useMutation({
    mutationFn: (run: string) => api<unknown>(path(run, `/${act}`), { method: "POST" }),
    onSettled: (_, __, run) => settle(run),
  });

/** Settings as they are typed, by their dotted names. */
export type Typed = Readonly<Record<string, string>>;

/** What holds for every setting when some are given; the error says which of them cannot be. */
export const useFields = (settings: Typed) =>
  useQuery({
    queryKey: ["runs", "fields", settings],
    queryFn: async ({ signal }) =>
      (await api<{ fields: readonly Field[] }>("/run-settings", { method: "POST", body: { settings }, signal })).fields,
    placeholderData: (before) => before,
    gcTime: 60_000,
    retry: false,
  });

export const useStart = (onStarted: (run: Run) => void) =>
  useMutation({
    mutationFn: (given: { readonly name?: string; readonly settings: Typed }) => api<Run>("/runs", { method: "POST", body: given }),
    onSuccess: (run) => {
      settle(run.name);
      onStarted(run);
    },
  });
