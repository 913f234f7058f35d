import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ApiError, api } from "../../../client/api.ts";
import { useAbout } from "../../../client/library.ts";
import type { Audit } from "../../../client/shapes.ts";

/** How doubtful a label is at least to be shown, as the choice of a person. */
export const thresholds = ["0.9", "0.7", "0.5"] as const;
export type Threshold = (typeof thresholds)[number];

/**
 * The labels that are doubted. They are asked for when the screen opens and when photos come; not after each correction, so that the list
 * stays in its order while one goes through it.
 */
export function useAudit(threshold: Threshold) {
  const { data: about } = useAbout();
  return useQuery({
    queryKey: ["doubtful labels", about?.root, about?.photos, threshold],
    queryFn: ({ signal }) => api<Audit>("/audit", { method: "POST", body: { threshold: Number(threshold) }, signal }),
    enabled: about !== undefined,
    placeholderData: keepPreviousData,
    refetchOnMount: "always",
    retry: false,
  });
}

/** Whether the home says that there is no label at all. */
export const saysNoLabels = (error: unknown) =>
  error instanceof ApiError && error.status === 409 && /faces with labels/.test(error.message);
