import { z } from "@hono/zod-openapi";
import { albumFields } from "./album.ts";
import { id, oneOf, options, some, text } from "./words.ts";

export const albumExport = options({
  ...albumFields,
  format: oneOf("csv", "json", "html").openapi({ description: "A list, the answer itself, or a page with its pictures inside." }),
}).openapi("AlbumExport");

export const copyAsked = options({
  photos: some(id("a photo"), { least: 1, most: 10_000, what: "ids of photos" }).openapi({
    description: "In the order that they are numbered in.",
  }),
  to: text(4096, "a folder").openapi({ description: "A folder that is not there yet, or is empty." }),
}).openapi("CopyAsked");

export const copied = z.strictObject({ folder: z.string(), written: z.int() }).openapi("Copied");
