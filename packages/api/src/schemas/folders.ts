import { z } from "@hono/zod-openapi";
import { list, options, text } from "./words.ts";

export const folderAsked = options({
  path: text(4096, "a folder").optional().openapi({ description: "Where to look; your own folder where it is left out." }),
}).openapi("FolderAsked");
export const folderOpened = options({ path: text(4096, "a folder").openapi({ description: "The folder with photos." }) }).openapi(
  "FolderOpened",
);

export const folders = z
  .strictObject({
    path: z.string(),
    parent: z.string().optional(),
    folders: list(z.strictObject({ name: z.string(), path: z.string(), library: z.boolean() })),
  })
  .openapi("Folders");
