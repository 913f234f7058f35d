import { type OpenAPIHono, z } from "@hono/zod-openapi";
import { atMost, bodyLimits } from "../http/limits.ts";
import { answerJson, body, done, newResource, route } from "../http/resource.ts";
import { documentName, documentNames, documentValue } from "../schemas/documents.ts";
import type { Shelf } from "../shelf/shelf.ts";

const params = z.object({ name: documentName });

/** Small JSON that is kept with the library. */
export function documentRoutes(shelf: Shelf): OpenAPIHono {
  const app = newResource();
  app.use("/documents/*", atMost(bodyLimits.document));
  app.openapi(
    route("get", "/documents", { summary: "Names of what is kept", tag: "documents", answer: { json: documentNames } }),
    async () => answerJson(documentNames, { names: await shelf.documents() }),
  );
  app.openapi(
    route("get", "/documents/{name}", {
      summary: "What is kept by a name",
      tag: "documents",
      request: { params },
      answer: { json: documentValue },
      orNothing: "Nothing is kept by this name.",
    }),
    async (c) => {
      const value = await shelf.document(c.req.valid("param").name);
      return value === undefined ? done() : answerJson(documentValue, value);
    },
  );
  app.openapi(
    route("put", "/documents/{name}", {
      summary: "Keeps a value by a name, in place of what was there",
      tag: "documents",
      request: { params, body: body(documentValue) },
      answer: "nothing",
      refuses: [413, 415, 423, 507],
    }),
    async (c) => {
      await shelf.keep(c.req.valid("param").name, c.req.valid("json"));
      return done();
    },
  );
  app.openapi(
    route("delete", "/documents/{name}", {
      summary: "Drops what is kept by a name",
      tag: "documents",
      request: { params },
      answer: "nothing",
      refuses: [404, 423],
    }),
    async (c) => {
      await shelf.drop(c.req.valid("param").name);
      return done();
    },
  );
  return app;
}
