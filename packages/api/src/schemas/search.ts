import { z } from "@hono/zod-openapi";
import { lookedFields } from "./faces.ts";
import { askedFilter } from "./filter.ts";
import { id, list, options, some, text, whole } from "./words.ts";

const faces = () => some(id("a face"), { most: 1000, what: "ids of faces" });

export const searchAsked = options({
  words: text(1000, "words with commas between,")
    .optional()
    .openapi({ description: "Classes and what was measured, with commas between.", example: "happy, mouth open" }),
  face: id("a face").optional().openapi({ description: "The face that others are to be like, by its id." }),
  embedding: some(z.number({ error: "a number" }), { least: 1, most: 4096, what: "numbers" })
    .optional()
    .openapi({ description: "In place of a face: what /api/look gives." }),
  like: faces().optional().openapi({ description: "More like these: they draw the query to them." }),
  unlike: faces().optional().openapi({ description: "Less like these: they push the query away." }),
  except: faces().optional().openapi({ description: "Faces not to find." }),
  k: whole(1, 1000).optional().openapi({ description: "How many faces (12)." }),
  filter: askedFilter,
}).openapi("SearchAsked");

export const hits = z
  .strictObject({
    hits: list(
      z.strictObject({
        ...lookedFields,
        looks: z.string().openapi({ description: "In words: happy-looking, unsure, none of these, turned." }),
        distance: z.number().optional().openapi({ description: "From the query's embedding, Euclidean." }),
        likeness: z.number().optional().openapi({ description: "1 the same, 0 as far apart as two classes or farther." }),
        alike: z.enum(["very alike", "alike", "somewhat alike", "not alike"]).optional(),
        fit: z.number().optional().openapi({ description: "How well it fits the words, 0 to 1." }),
      }),
    ),
    searched: z.int(),
    exact: z.boolean(),
    recall: z.number().optional(),
    identityLeak: z.strictObject({ data: z.string(), n: z.number(), share: z.number(), chance: z.number() }).optional(),
  })
  .openapi("SearchHits");
