import type { z } from "@hono/zod-openapi";
import type { AnswersOfFaces } from "@semblant/answers";
import type { faceColumns } from "../schemas/faces.ts";

/** Columns of faces as JSON: of 100,000 faces some 3 MB. */
export function columnsAsJson(columns: AnswersOfFaces["columns"], revision: number): string {
  const { expressions, verdicts, ...lists } = columns;
  const plain: z.input<typeof faceColumns> = {
    revision,
    count: lists.id.length,
    expressions,
    verdicts,
    columns: {
      id: Array.from(lists.id),
      photo: Array.from(lists.photo),
      expression: Array.from(lists.expression),
      probability: Array.from(lists.probability, (value) => Math.round(1000 * value) / 1000),
      verdict: Array.from(lists.verdict),
      subclass: Array.from(lists.subclass),
      corrected: Array.from(lists.corrected),
      together: Array.from(lists.together),
    },
  };
  return JSON.stringify(plain);
}
