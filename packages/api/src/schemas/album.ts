import { z } from "@hono/zod-openapi";
import { lookedAt } from "./faces.ts";
import { askedFilter } from "./filter.ts";
import { flag, id, list, options, seed, some, whole, within } from "./words.ts";

export const nearDuplicates = options({
  bits: whole(0, 64).optional(),
  seconds: within(0, 1e9).optional(),
  copyBits: whole(0, 15).optional(),
}).openapi("NearDuplicates", { description: "What counts as near-duplicates: bits of the hash, seconds, bits of copies." });

export const albumFields = {
  size: whole(1, 1000).optional().openapi({ description: "Pictures (12)." }),
  weights: options({ expression: within(0, 1), people: within(0, 1), time: within(0, 1) })
    .optional()
    .openapi({ description: "What expression, people and time count (0.64, 0.16, 0.2)." }),
  withoutFaces: flag().optional().openapi({ description: "Whether photos without faces may stand too." }),
  keep: some(id("a photo"), { most: 1000, what: "ids of photos" }).optional().openapi({ description: "Pinned photos." }),
  exclude: some(id("a photo"), { most: 100_000, what: "ids of photos" }).optional().openapi({ description: "Photos that are left out." }),
  nearDuplicates: nearDuplicates.optional(),
  seed: seed(),
  filter: askedFilter,
};

export const albumAsked = options(albumFields).openapi("AlbumAsked");

const aspects = { expression: z.number(), people: z.number(), time: z.number() };

export const album = z
  .strictObject({
    pictures: list(
      z.strictObject({
        photo: z.int(),
        path: z.string(),
        taken: z.number().optional(),
        rank: z.int(),
        faces: list(lookedAt),
        standsFor: z.strictObject({ photos: z.int(), share: z.number(), ids: list(z.int()) }),
        gains: z.strictObject(aspects),
        why: z.string(),
      }),
    ),
    coverage: z.strictObject({ ...aspects, all: z.number() }),
    ceiling: z.number(),
    groups: list(z.strictObject({ name: z.string(), faces: z.int() })),
    of: z.strictObject({ photos: z.int(), faces: z.int(), withoutFaces: z.int(), dated: z.int(), moments: z.int() }),
    withoutFaces: list(z.string()),
    approximate: z.string().optional().openapi({ description: "Of many faces: how nearly this is what all of them would give." }),
  })
  .openapi("Album");
