import { z } from "@hono/zod-openapi";
import { list } from "./words.ts";

const measured = z
  .strictObject({
    data: z.string(),
    n: z.int().openapi({ description: "Faces." }),
    protocol: z.string(),
    metrics: z.record(z.string(), z.strictObject({ value: z.number(), low: z.number(), high: z.number() })),
    recall: z.record(z.string(), z.strictObject({ value: z.number(), n: z.int() })).optional(),
  })
  .openapi({ description: "How well it names faces, as its card says first: rates in percent, with 95 % intervals." });

export const about = z
  .strictObject({
    home: z.enum(["server", "browser"]),
    name: z.string(),
    root: z.string().optional().openapi({ description: "The folder, where it is one on disk." }),
    database: z.string().optional().openapi({ description: "The database server, where the library lies on one." }),
    photos: z.int(),
    faces: z.int(),
    readonly: z.boolean(),
    revision: z.number().openapi({ description: "Another number whenever photos, faces, corrections or the model changed." }),
    model: z
      .strictObject({
        name: z.string(),
        version: z.string(),
        summary: z.string(),
        licence: z.string(),
        classes: list(z.string()),
        looks: list(z.string()).openapi({ description: "How a face of each class looks, in words: happy-looking." }),
        kinds: list(z.int()).openapi({ description: "The class of each sub-class, an index into classes." }),
        dimensions: z.int(),
        adapted: z.boolean(),
        measured: measured.optional(),
      })
      .optional()
      .openapi({ description: "Absent while nothing was indexed." }),
    remarks: list(z.string()),
    can: list(z.string()).openapi({
      description: "Optional abilities that this home has: add, adapt, teach, folders, storage, page, copy, and those of extra routes.",
    }),
  })
  .openapi("About");
