import { z } from "@hono/zod-openapi";
import { list } from "./words.ts";

export const documentName = z
  .string()
  .regex(/^[a-z0-9-]{1,64}$/, { error: "1 to 64 of a-z, 0-9 and -" })
  .openapi({ example: "map-positions" });

export const documentNames = z.strictObject({ names: list(z.string()) }).openapi("DocumentNames");

/** Any JSON. */
export const documentValue = z.unknown().openapi("DocumentValue", { description: "Any JSON." });
