import { z } from "@hono/zod-openapi";

export const storage = z
  .strictObject({
    kept: z.boolean().openapi({ description: "Whether it is there after the page was closed." }),
    bytes: z.number().openapi({ description: "Bytes of the photos." }),
    copies: z.int().openapi({ description: "Photos that are copies." }),
    elsewhere: z.int().openapi({ description: "Photos that stay in the person's own folders." }),
    left: z.number().optional().openapi({ description: "Bytes that are left, about." }),
  })
  .openapi("Storage");
