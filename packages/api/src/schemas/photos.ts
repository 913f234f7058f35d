import { z } from "@hono/zod-openapi";
import { looked } from "./faces.ts";
import { list } from "./words.ts";

export const photoColumns = z
  .strictObject({
    revision: z.number(),
    count: z.int(),
    columns: z.strictObject({
      id: list(z.int()),
      path: list(z.string()),
      width: list(z.int()).openapi({ description: "Pixels, upright." }),
      height: list(z.int()),
      taken: list(z.number().nullable()).openapi({ description: "By the camera's clock, in milliseconds since 1970; null where unknown." }),
      faces: list(z.int()).openapi({ description: "Faces that were found in it." }),
      version: list(z.string()).openapi({ description: "Of the file's content: as v= in a picture's address it may be kept for ever." }),
    }),
    unread: list(z.strictObject({ path: z.string(), reason: z.string() })),
    remarks: list(z.strictObject({ path: z.string(), remark: z.string() })),
  })
  .openapi("PhotoColumns");

export const photo = z
  .strictObject({
    id: z.int(),
    path: z.string(),
    width: z.int(),
    height: z.int(),
    bytes: z.number(),
    modified: z.number(),
    taken: z.number().optional(),
    hash: z.string().openapi({ description: "SHA-256 of the file's bytes, in hexadecimal." }),
    version: z.string(),
    classes: list(z.string()),
    faces: list(looked),
  })
  .openapi("Photo");

export const added = z
  .strictObject({
    added: list(z.string()).openapi({ description: "Their paths in the library. The next index reads them." }),
    already: list(z.strictObject({ name: z.string(), path: z.string() })),
    refused: list(z.strictObject({ name: z.string(), reason: z.string() })),
  })
  .openapi("Added");
