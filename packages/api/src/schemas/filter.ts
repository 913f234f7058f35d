import { z } from "@hono/zod-openapi";
import { flag, id, numberInText, options, some, text, whole, within } from "./words.ts";

const moment = (what: string) =>
  z
    .union([z.number(), z.string().regex(/^\d{4}(-\d\d)?(-\d\d)?$/)], { error: "a day such as 2024-05-01, or milliseconds since 1970" })
    .openapi({ description: `${what}: a day such as 2024-05-01, or milliseconds since 1970.` });

/** Which faces are meant; what is left out leaves nothing out. */
export const faceFilter = options({
  folder: text(4096, "a folder").optional().openapi({ description: "In this folder and those below it." }),
  since: moment("Taken from then on").optional(),
  until: moment("Taken before then").optional(),
  expression: text(64, "an expression").optional().openapi({ description: "Corrected to it, or else named so by the model." }),
  side: within(0, 1e5).optional().openapi({ description: "Least pixels along the aligned face." }),
  sharpness: within(0, 1).optional().openapi({ description: "Least sharpness." }),
  score: within(0, 1).optional().openapi({ description: "Least score of the detector." }),
  turn: within(0, 180).optional().openapi({ description: "Most degrees turned to a side." }),
  people: options({ least: whole(0, 1000).optional(), most: whole(0, 1000).optional() })
    .optional()
    .openapi({ description: "Least and most faces in its photo." }),
  without: some(id("a photo"), { most: 100_000, what: "ids of photos" }).optional().openapi({ description: "Photos that are left out." }),
  hidden: flag().optional().openapi({ description: "Also what corrections hide." }),
}).openapi("FaceFilter", { description: "Which faces are asked about; see below." });

/** The filter of a question. */
export const askedFilter = faceFilter.optional();

/** A filter in an address. */
export const filterQuery = options({
  folder: text(4096, "a folder").optional(),
  since: z.string().optional(),
  until: z.string().optional(),
  expression: text(64, "an expression").optional(),
  side: numberInText(within(0, 1e5)).optional(),
  sharpness: numberInText(within(0, 1)).optional(),
  score: numberInText(within(0, 1)).optional(),
  turn: numberInText(within(0, 180)).optional(),
  least: numberInText(whole(0, 1000)).optional().openapi({ description: "Least faces in its photo." }),
  most: numberInText(whole(0, 1000)).optional().openapi({ description: "Most faces in its photo." }),
  hidden: z.enum(["true", "false"], { error: "true or false" }).optional(),
});
