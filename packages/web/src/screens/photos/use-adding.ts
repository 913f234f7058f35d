import { isPictureName } from "@semblant/core/internals";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { type ApiError, api } from "../../client/api.ts";
import { useAbout, useJob } from "../../client/library.ts";
import type { Added } from "../../client/shapes.ts";

/** A picture to copy into the library, named with the folders that it came in. */
export interface Given {
  readonly name: string;
  readonly file: File;
}

/** Bytes that are sent at once, about; a larger file goes alone. */
const atOnce = 64 * 2 ** 20;

/** Copies pictures into the library, some at a time, and has them read. */
export function useAdding() {
  const { data: about } = useAbout();
  const index = useJob("index");
  const [progress, setProgress] = useState<{ readonly done: number; readonly total: number }>();
  const [refusal, setRefusal] = useState<"noPictures">();

  const send = useMutation({
    mutationFn: async (given: readonly Given[]): Promise<Added> => {
      const came: Added[] = [];
      let done = 0;
      try {
        for (const batch of batchesOf(given)) {
          setProgress({ done, total: given.length });
          const form = new FormData();
          for (const { name, file } of batch) form.append("file", file, name);
          came.push(await api<Added>("/photos", { method: "POST", body: form }));
          done += batch.length;
        }
      } finally {
        setProgress(undefined);
        if (came.some(({ added }) => added.length > 0) && !index.isRunning) index.start.mutate({ kind: "index" });
      }
      return {
        added: came.flatMap(({ added }) => added),
        already: came.flatMap(({ already }) => already),
        refused: came.flatMap(({ refused }) => refused),
      };
    },
  });

  const add = (given: readonly Given[]) => {
    const pictures = given.filter(({ name }) => isPictureName(name));
    setRefusal(pictures.length === 0 && given.length > 0 ? "noPictures" : undefined);
    if (pictures.length > 0) send.mutate(pictures);
  };
  const close = () => {
    send.reset();
    setRefusal(undefined);
  };
  const canAdd = about !== undefined && !about.readonly && about.can.includes("add");
  return { canAdd, add, close, progress, refusal, result: send.data, error: send.error as ApiError | null, isBusy: send.isPending };
}

export type Adding = ReturnType<typeof useAdding>;

function* batchesOf(given: readonly Given[]): Generator<Given[]> {
  let batch: Given[] = [];
  let bytes = 0;
  for (const one of given) {
    if (batch.length > 0 && (bytes + one.file.size > atOnce || batch.length >= 100)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(one);
    bytes += one.file.size;
  }
  if (batch.length > 0) yield batch;
}
