import { z } from "@hono/zod-openapi";

/** Why a request is refused. */
export const problemFields = z.strictObject({
  kind: z.string().openapi({ description: "The error's class: OptionError, ShapeError, DataError, EngineError or Error." }),
  message: z.string().openapi({ description: "In a sentence, as the command says it." }),
  hint: z.string().optional().openapi({ description: "What to try." }),
});

export const problem = z.strictObject({ error: problemFields }).openapi("Problem");
