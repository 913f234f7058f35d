import type { StorageAbout } from "@semblant/api";
import { useMutation, useQuery } from "@tanstack/react-query";
import { api } from "./api.ts";
import { home } from "./home.ts";
import { queryClient } from "./query-client.ts";

/** How much room the photos take, where this page keeps them. */
export const useStorage = () =>
  useQuery({
    queryKey: ["library", "storage"],
    queryFn: ({ signal }) => api<StorageAbout>("/storage", { signal }),
    enabled: home === "browser",
  });

/** Takes everything away that this page keeps. */
export const useErase = () =>
  useMutation({ mutationFn: () => api<void>("/storage", { method: "DELETE" }), onSettled: () => queryClient.invalidateQueries() });
