import type { OpenAPIHono } from "@hono/zod-openapi";
import { body, done, newResource, route } from "../http/resource.ts";
import { adaptedKept } from "../schemas/jobs.ts";
import type { Shelf } from "../shelf/shelf.ts";

/** PUT /api/adapted keeps what a job "adapt" made, and DELETE drops it. */
export function adaptedRoutes(adapted: NonNullable<Shelf["adapted"]>): OpenAPIHono {
  const app = newResource();
  app.openapi(
    route("put", "/adapted", {
      summary: "Answers by the model that a job adapted",
      tag: "adapt",
      request: { body: body(adaptedKept) },
      answer: "nothing",
      refuses: [404, 423, 507],
    }),
    async (c) => {
      await adapted.keep(c.req.valid("json").job);
      return done();
    },
  );
  app.openapi(
    route("delete", "/adapted", {
      summary: "Answers by the model as it was trained",
      tag: "adapt",
      answer: "nothing",
      refuses: [404, 423],
    }),
    async () => {
      await adapted.drop();
      return done();
    },
  );
  return app;
}
