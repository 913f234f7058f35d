import type { Correction, CorrectionRecord, Job, JobStart } from "@semblant/api";
import { useMutation, useQuery } from "@tanstack/react-query";
import { api } from "./api.ts";
import { keys, queryClient } from "./query-client.ts";
import type { About } from "./shapes.ts";

/** What the home says of the open library. */
export const useAbout = () => useQuery({ queryKey: keys.about, queryFn: ({ signal }) => api<About>("", { signal }) });

/** The classes that faces are named by, in the order of every distribution; none while nothing was indexed. */
export function useClasses(): readonly string[] {
  return useAbout().data?.model?.classes ?? [];
}

export const useCorrections = () =>
  useQuery({
    queryKey: keys.corrections,
    queryFn: async ({ signal }) => (await api<{ corrections: readonly CorrectionRecord[] }>("/corrections", { signal })).corrections,
  });

/** Says what is wrong with a face or a photo; the answer is the correction's id, to withdraw it by. */
export const correct = async (correction: Correction): Promise<number> =>
  (await api<{ id: number }>("/corrections", { method: "POST", body: correction })).id;

export const withdraw = (id: number): Promise<void> => api(`/corrections/${id}`, { method: "DELETE" });

/** Jobs that run, and the last that ended; kept up to date by events. */
export const useJobs = () =>
  useQuery({ queryKey: keys.jobs, queryFn: async ({ signal }) => (await api<{ jobs: readonly Job[] }>("/jobs", { signal })).jobs });

/** Starts and stops a job of one kind. */
export function useJob(kind: JobStart["kind"]) {
  const jobs = useJobs();
  const job = jobs.data?.find((one) => one.kind === kind);
  const settle = () => queryClient.invalidateQueries({ queryKey: keys.jobs });
  const start = useMutation({
    mutationFn: (given: JobStart) => api<Job>("/jobs", { method: "POST", body: given }),
    onSettled: settle,
  });
  const stop = useMutation({ mutationFn: (id: number) => api<Job>(`/jobs/${id}`, { method: "DELETE" }), onSettled: settle });
  return { job, isRunning: job?.state === "running", start, stop };
}
