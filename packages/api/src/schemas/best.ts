import { z } from "@hono/zod-openapi";
import { nearDuplicates } from "./album.ts";
import { lookedFields } from "./faces.ts";
import { askedFilter } from "./filter.ts";
import { flag, list, options, text } from "./words.ts";

export const bestAsked = options({
  expression: text(64, "an expression").optional().openapi({ description: "Wanted of all faces, or any (happiness)." }),
  oneMoment: flag().optional().openapi({ description: "Takes all photos for shots of one moment." }),
  nearDuplicates: nearDuplicates.optional(),
  filter: askedFilter,
}).openapi("BestAsked");

const shot = z
  .strictObject({
    photo: z.int(),
    path: z.string(),
    taken: z.number().optional(),
    score: z.number(),
    faces: list(
      z.strictObject({
        ...lookedFields,
        score: z.number().optional(),
        wanted: z.number().optional(),
        eyesOpen: z.number().optional(),
        sharpness: z.number(),
      }),
    ),
    worst: z.int().optional(),
    missing: z.int(),
  })
  .openapi("Shot");

export const best = z
  .strictObject({
    expression: z.string(),
    bursts: list(z.strictObject({ shots: list(shot), taken: z.number().optional() })),
    singles: z.int(),
    photos: z.int(),
    withoutFaces: list(z.string()),
  })
  .openapi("BestShots");
