import type { OpenAPIHono } from "@hono/zod-openapi";
import { answerJson, body, done, newResource, route } from "../http/resource.ts";
import { folderAsked, folderOpened, folders } from "../schemas/folders.ts";
import type { Shelf } from "../shelf/shelf.ts";

/** POST /api/folders/list and /api/library: opens another folder. */
export function folderRoutes(folder: NonNullable<Shelf["folders"]>): OpenAPIHono {
  const app = newResource();
  app.openapi(
    route("post", "/folders/list", {
      summary: "Folders that a library can be opened of",
      tag: "library",
      request: { body: body(folderAsked) },
      answer: { json: folders },
      refuses: [404],
    }),
    async (c) => answerJson(folders, await folder.list(c.req.valid("json").path)),
  );
  app.openapi(
    route("post", "/library", {
      summary: "Opens another folder in place of this one",
      tag: "library",
      request: { body: body(folderOpened) },
      answer: "nothing",
      refuses: [404, 423, 507],
    }),
    async (c) => {
      await folder.open(c.req.valid("json").path);
      return done();
    },
  );
  return app;
}
