import type { AdaptedFaces } from "@semblant/answers";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../client/api.ts";
import { useJob } from "../../client/library.ts";
import { queryClient } from "../../client/query-client.ts";

/** A share in percent with its interval; the ends are missing where there are too few people. */
export interface Estimate {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
}

interface Judged {
  readonly accuracy: Estimate;
  readonly perClass: readonly { readonly name: string; readonly n: number; readonly recall: Estimate }[];
}

/** What a job "adapt" comes to, as JSON has it. */
export interface Adapted extends Pick<AdaptedFaces, "faces" | "persons" | "gained" | "lost" | "better" | "newClasses" | "notes"> {
  readonly before: Judged;
  readonly after: Judged;
  readonly difference: Estimate;
}

/** Results that were kept or dropped need no answer any more. */
const answered = new Set<number>();

const askAgain = () => queryClient.invalidateQueries({ queryKey: ["library"] });

/** Adapts, and keeps what came of it or drops it. */
export function useAdapting() {
  const { job, isRunning, start, stop } = useJob("adapt");
  const [, setTurn] = useState(0);
  const answer = (id: number) => {
    answered.add(id);
    setTurn((before) => before + 1);
  };
  const keep = useMutation({
    mutationFn: (id: number) => api<void>("/adapted", { method: "PUT", body: { job: id } }),
    onSuccess: (_, id) => {
      answer(id);
      return askAgain();
    },
  });
  const forget = useMutation({ mutationFn: () => api<void>("/adapted", { method: "DELETE" }), onSuccess: askAgain });
  const isOpen = job?.state === "done" && !answered.has(job.id);
  return { job, isRunning, start, stop, keep, forget, drop: answer, ...(isOpen && { result: job.result as Adapted }) };
}
