import { type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Correction } from "@semblant/answers";
import { answerJson, body, done, given, newResource, route } from "../http/resource.ts";
import { correction, correctionMade, corrections } from "../schemas/corrections.ts";
import { pathId } from "../schemas/words.ts";
import type { Shelf } from "../shelf/shelf.ts";
import { shelfError } from "../shelf/shelf-error.ts";

/** What people say of faces and photos. */
export function correctionRoutes(shelf: Shelf): OpenAPIHono {
  const app = newResource();
  app.openapi(
    route("get", "/corrections", { summary: "Every correction that stands", tag: "corrections", answer: { json: corrections } }),
    async () => answerJson(corrections, { corrections: await shelf.corrections() }),
  );
  app.openapi(
    route("post", "/corrections", {
      summary: "Keeps what a person says of faces or photos",
      tag: "corrections",
      request: { body: body(correction) },
      answer: { json: correctionMade },
      status: 201,
      refuses: [404, 413, 423, 507],
    }),
    async (c) => answerJson(correctionMade, { id: await shelf.correct(given(c.req.valid("json")) as Correction) }, 201),
  );
  app.openapi(
    route("delete", "/corrections/{id}", {
      summary: "Takes a correction back",
      tag: "corrections",
      request: { params: z.object({ id: pathId("a correction") }) },
      answer: "nothing",
      refuses: [404, 423, 507],
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      if (!(await shelf.corrections()).some((one) => one.id === id)) {
        throw shelfError("missing", `correct: expected the id of a correction, but ${id} is none.`);
      }
      await shelf.withdraw(id);
      return done();
    },
  );
  return app;
}
