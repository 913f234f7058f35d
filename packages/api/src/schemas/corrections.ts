import { z } from "@hono/zod-openapi";
import { id, list, options, some, text } from "./words.ts";

const kinds = ["not a face", "label", "together", "apart", "hide"] as const;
const several = () => some(id("a face"), { least: 2, most: 100_000, what: "ids of faces" });

export const correction = z
  .discriminatedUnion(
    "kind",
    [
      options({ kind: z.literal("not a face"), face: id("a face") }),
      options({ kind: z.literal("label"), face: id("a face"), label: text(64, "a word") }),
      options({ kind: z.literal("together"), faces: several() }),
      options({ kind: z.literal("apart"), faces: several() }),
      options({ kind: z.literal("hide"), face: id("a face").optional(), path: text(4096, "a photo or folder").optional() }).refine(
        ({ face, path }) => (face === undefined) !== (path === undefined),
        { error: "a face or a path to hide, and not both" },
      ),
    ],
    { error: `one of ${kinds.join(", ")}` },
  )
  .openapi("Correction");

export const correctionRecord = z
  .strictObject({
    id: z.int(),
    kind: z.enum(kinds),
    faces: list(z.int()),
    label: z.string().optional(),
    path: z.string().optional(),
    made: z.number().openapi({ description: "Milliseconds since 1970." }),
  })
  .openapi("CorrectionRecord");

export const corrections = z.strictObject({ corrections: list(correctionRecord) }).openapi("Corrections");

export const correctionMade = z.strictObject({ id: z.int().openapi({ description: "To withdraw it by." }) }).openapi("CorrectionMade");
