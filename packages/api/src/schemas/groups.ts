import { z } from "@hono/zod-openapi";
import { lookedAt } from "./faces.ts";
import { askedFilter } from "./filter.ts";
import { list, options, seed, whole, within } from "./words.ts";

export const groupsAsked = options({
  k: whole(1, 1000).optional().openapi({ description: "How many groups; by default as many as the faces speak for." }),
  similarity: within(0, 1).optional().openapi({ description: "In place of a number: how alike faces of a group are." }),
  top: whole(1, 1000).optional().openapi({ description: "Faces shown of each group, nearest to its medoid first (16)." }),
  least: whole(1, 1000).optional().openapi({ description: "Groups of fewer faces are none." }),
  seed: seed(),
  filter: askedFilter,
}).openapi("GroupsAsked");

export const groups = z
  .strictObject({
    groups: list(
      z.strictObject({
        name: z.string(),
        size: z.int(),
        share: z.number(),
        purity: z.number(),
        faces: list(z.int()),
        medoid: lookedAt,
        top: list(lookedAt),
      }),
    ),
    alone: list(z.int()),
    method: z.enum(["given number", "BIC", "similarity"]),
    fewer: z.strictObject({ asked: z.int(), reason: z.string() }).optional(),
    scores: list(z.strictObject({ k: z.int(), score: z.number() })),
    corrections: z.strictObject({
      together: z.int(),
      apart: z.int(),
      refused: list(z.tuple([z.int(), z.int()]).readonly()),
    }),
    faces: z.int(),
    withoutFaces: list(z.string()),
    approximate: z.string().optional().openapi({ description: "Of many faces: how nearly this is what all of them would give." }),
  })
  .openapi("FaceGroups");
