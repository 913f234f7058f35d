import { useMutation, useQuery } from "@tanstack/react-query";
import { api } from "./api.ts";
import { keys, queryClient } from "./query-client.ts";

const path = (name: string) => `/documents/${encodeURIComponent(name)}`;

/** A small JSON value that is kept with the library, as saved searches are; `undefined` where none was kept. */
export function useDocument<Value>(name: string) {
  const query = useQuery({
    queryKey: keys.document(name),
    queryFn: async ({ signal }): Promise<Value | null> => (await api<Value | undefined>(path(name), { signal })) ?? null,
  });
  const keep = useMutation({
    mutationFn: (value: Value) => api<void>(path(name), { method: "PUT", body: value }),
    onMutate: (value) => queryClient.setQueryData(keys.document(name), value),
    onError: () => queryClient.invalidateQueries({ queryKey: keys.document(name) }),
  });
  return { value: query.data ?? undefined, isPending: query.isPending, error: query.error ?? keep.error, keep: keep.mutate };
}
