import type { OpenAPIHono } from "@hono/zod-openapi";
import { answerJson, body, given, newResource, route } from "../http/resource.ts";
import type { LibraryNow } from "../kept/library-now.ts";
import { album, albumAsked } from "../schemas/album.ts";
import { audit, auditAsked } from "../schemas/audit.ts";
import { best, bestAsked } from "../schemas/best.ts";
import { groups, groupsAsked } from "../schemas/groups.ts";
import type { Shelf } from "../shelf/shelf.ts";
import { askAlbum } from "./ask-album.ts";

/** POST /api/groups. */
export function groupRoutes(shelf: Shelf): OpenAPIHono {
  const summary = "Faces in groups of like expressions";
  return newResource().openapi(
    route("post", "/groups", { summary, tag: "questions", request: { body: body(groupsAsked) }, answer: { json: groups }, refuses: [413] }),
    async (c) => {
      const { filter, ...options } = given(c.req.valid("json"));
      return answerJson(groups, await shelf.ask({ question: "cluster", options }, filter, c.req.raw.signal));
    },
  );
}

/** POST /api/album. */
export function albumRoutes(now: LibraryNow): OpenAPIHono {
  const summary = "The few pictures that sum up the photos";
  return newResource().openapi(
    route("post", "/album", {
      summary,
      tag: "questions",
      request: { body: body(albumAsked) },
      answer: { json: album },
      refuses: [404, 413],
    }),
    async (c) => answerJson(album, await askAlbum(now, given(c.req.valid("json")), c.req.raw.signal)),
  );
}

/** POST /api/best. */
export function bestRoutes(shelf: Shelf): OpenAPIHono {
  const summary = "The best shot of each moment";
  return newResource().openapi(
    route("post", "/best", { summary, tag: "questions", request: { body: body(bestAsked) }, answer: { json: best }, refuses: [413] }),
    async (c) => {
      const { filter, ...options } = given(c.req.valid("json"));
      return answerJson(best, await shelf.ask({ question: "best", options }, filter, c.req.raw.signal));
    },
  );
}

/** POST /api/audit. */
export function auditRoutes(shelf: Shelf): OpenAPIHono {
  const summary = "Labels of folders that the model doubts, the worst first";
  return newResource().openapi(
    route("post", "/audit", { summary, tag: "questions", request: { body: body(auditAsked) }, answer: { json: audit }, refuses: [413] }),
    async (c) => {
      const { filter, ...options } = given(c.req.valid("json"));
      return answerJson(audit, await shelf.ask({ question: "audit", options }, filter, c.req.raw.signal));
    },
  );
}
