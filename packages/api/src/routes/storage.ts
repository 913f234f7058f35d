import { type OpenAPIHono, z } from "@hono/zod-openapi";
import { answerJson, done, newResource, route } from "../http/resource.ts";
import { storage } from "../schemas/storage.ts";
import { pathId } from "../schemas/words.ts";
import type { Shelf } from "../shelf/shelf.ts";

/** /api/storage: copies of photos that the home keeps for the person. */
export function storageRoutes(kept: NonNullable<Shelf["storage"]>): OpenAPIHono {
  const app = newResource();
  app.openapi(route("get", "/storage", { summary: "How much room the photos take", tag: "storage", answer: { json: storage } }), async () =>
    answerJson(storage, await kept.about()),
  );
  app.openapi(
    route("delete", "/storage", { summary: "Takes everything away: photos, faces, corrections", tag: "storage", answer: "nothing" }),
    async () => {
      await kept.erase();
      return done();
    },
  );
  app.openapi(
    route("delete", "/storage/photos/{id}", {
      summary: "Takes a photo away, and all that is known of it",
      tag: "storage",
      request: { params: z.object({ id: pathId("a photo") }) },
      answer: "nothing",
      refuses: [404],
    }),
    async (c) => {
      await kept.forget(c.req.valid("param").id);
      return done();
    },
  );
  return app;
}
