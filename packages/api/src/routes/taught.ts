import { type OpenAPIHono, z } from "@hono/zod-openapi";
import { answerJson, body, done, given, newResource, route } from "../http/resource.ts";
import { learned, lesson, taughtNames } from "../schemas/taught.ts";
import { text } from "../schemas/words.ts";
import type { Shelf } from "../shelf/shelf.ts";

/** Classes that were taught by a few faces. */
export function taughtRoutes(taught: NonNullable<Shelf["taught"]>): OpenAPIHono {
  const app = newResource();
  app.openapi(route("get", "/taught", { summary: "Classes that were taught", tag: "adapt", answer: { json: taughtNames } }), async () =>
    answerJson(taughtNames, { names: await taught.list() }),
  );
  app.openapi(
    route("post", "/taught", {
      summary: "Teaches a class by a few faces, and says how well it separates",
      tag: "adapt",
      request: { body: body(lesson) },
      answer: { json: learned },
      refuses: [404, 423, 507],
    }),
    async (c) => {
      const { taught: _gaussian, ...rest } = await taught.teach(given(c.req.valid("json")));
      return answerJson(learned, rest);
    },
  );
  app.openapi(
    route("delete", "/taught/{name}", {
      summary: "Forgets a class that was taught",
      tag: "adapt",
      request: { params: z.object({ name: text(64, "a name") }) },
      answer: "nothing",
      refuses: [404, 423],
    }),
    async (c) => {
      await taught.forget(c.req.valid("param").name);
      return done();
    },
  );
  return app;
}
