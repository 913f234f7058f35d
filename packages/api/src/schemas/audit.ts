import { z } from "@hono/zod-openapi";
import { box } from "./faces.ts";
import { askedFilter } from "./filter.ts";
import { flag, list, options, seed, whole, within } from "./words.ts";

const auditFields = {
  threshold: within(0, 1).optional().openapi({ description: "The least doubt that is listed (0.7)." }),
  k: whole(1, 1000).optional().openapi({ description: "Other faces that are asked about each label (11)." }),
  seed: seed(),
  filter: askedFilter,
};

export const auditAsked = options(auditFields).openapi("AuditAsked");

export const correctionsExport = options({
  ...auditFields,
  decided: flag().optional().openapi({ description: "Only labels that a person decided, and none that is only doubted (false)." }),
}).openapi("CorrectionsExport");

export const audit = z
  .strictObject({
    doubtful: list(
      z.strictObject({
        face: z.int(),
        photo: z.int(),
        path: z.string(),
        box,
        given: z.string().openapi({ description: "As the folder says." }),
        suggested: z.string(),
        forAPerson: z.boolean(),
        doubt: z.number(),
        witnesses: z.strictObject({
          model: z.number().optional(),
          gaussians: z.number().optional(),
          neighbors: z.number().optional(),
        }),
      }),
    ),
    faces: z.int(),
    threshold: z.number(),
    labels: list(z.strictObject({ label: z.string(), expression: z.string().optional(), faces: z.int(), doubtful: z.int() })),
    withoutFaces: list(z.string()),
    turned: list(z.string()),
    unlabeled: z.int(),
    approximate: z.string().optional().openapi({ description: "Of many faces: how nearly this is what all of them would give." }),
  })
  .openapi("Audit");
