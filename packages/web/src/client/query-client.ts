import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./api.ts";

/** One cache for all screens. Answers stay until the library changes: a `revision` event marks them as old. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 10 * 60_000,
      retry: (failures, error) => failures < 3 && error instanceof ApiError && error.status === 0,
      retryDelay: (failures) => Math.min(500 * 2 ** failures, 5000),
      refetchOnWindowFocus: false,
      networkMode: "always",
    },
    mutations: { networkMode: "always" },
  },
});

/** Keys of what is asked; whatever depends on the library's state starts with "library". */
export const keys = {
  about: ["library", "about"],
  photos: ["library", "photos"],
  photo: (id: number) => ["library", "photos", id],
  faces: ["library", "faces"],
  embeddings: ["library", "embeddings"],
  corrections: ["library", "corrections"],
  question: (name: string, options: unknown) => ["library", "question", name, options],
  document: (name: string) => ["document", name],
  documents: ["document"],
  jobs: ["jobs"],
} as const;
