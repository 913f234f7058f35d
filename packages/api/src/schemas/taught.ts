import { z } from "@hono/zod-openapi";
import { flag, id, list, options, some, text } from "./words.ts";

export const lesson = options({
  name: text(64, "a name").openapi({ description: "The new class." }),
  faces: some(id("a face"), { least: 1, most: 1000, what: "ids of faces" }).openapi({ description: "Faces that show it." }),
  anyway: flag().optional().openapi({ description: "Keeps a class that does not separate well." }),
}).openapi("Lesson");

export const taughtNames = z.strictObject({ names: list(z.string()) }).openapi("TaughtNames");

export const learned = z
  .strictObject({
    name: z.string(),
    examples: z.int(),
    accepted: z.boolean(),
    reason: z.string().optional(),
    found: z.int(),
    separation: z.strictObject({
      recall: z.number().optional(),
      nearest: z.string(),
      dPrime: z.number(),
      beyondChance: z.number(),
      renamed: z.strictObject({ faces: z.int(), of: z.int() }),
      accuracy: z.number().optional(),
    }),
  })
  .openapi("Learned");
