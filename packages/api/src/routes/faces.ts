import type { OpenAPIHono } from "@hono/zod-openapi";
import { keepable } from "../http/kept-responses.ts";
import { newResource, route } from "../http/resource.ts";
import type { LibraryNow } from "../kept/library-now.ts";
import { faceColumns } from "../schemas/faces.ts";
import { filterQuery } from "../schemas/filter.ts";
import { columnsAsJson } from "./face-columns.ts";
import { filterOfQuery } from "./filter-in-address.ts";

/** GET /api/faces and /api/faces/embeddings: all faces in one answer each, rows in the same order. */
export function faceRoutes(now: LibraryNow): OpenAPIHono {
  const { shelf } = now;
  const app = newResource();
  app.openapi(
    route("get", "/faces", {
      summary: "The faces that a filter lets through, as columns",
      tag: "faces",
      request: { query: filterQuery },
      answer: { json: faceColumns },
    }),
    async (c) => {
      const filter = filterOfQuery(c.req.valid("query"));
      const about = await shelf.about();
      const make = async () => columnsAsJson(await shelf.ask({ question: "columns" }, filter), about.revision);
      return keepable(c.req.raw, { tag: tagOf("faces", about.revision, filter) }, async () => ({
        body: filter === undefined ? await now.text("faces", about, make) : await make(),
        type: "application/json",
      }));
    },
  );
  app.openapi(
    route("get", "/faces/embeddings", {
      summary: "Their embeddings: float32, little endian, a row per face of /api/faces",
      tag: "faces",
      request: { query: filterQuery },
      answer: { bytes: ["application/octet-stream"] },
    }),
    async (c) => {
      const filter = filterOfQuery(c.req.valid("query"));
      const { revision } = await shelf.about();
      return keepable(c.req.raw, { tag: tagOf("embeddings", revision, filter) }, async () => {
        const { embeddings } = await shelf.faces(filter);
        const { values, rows, columns } = embeddings;
        const headers = { "X-Rows": String(rows), "X-Columns": String(columns) };
        return { body: values as Float32Array<ArrayBuffer>, type: "application/octet-stream", headers };
      });
    },
  );
  return app;
}

function tagOf(name: string, revision: number, filter: unknown): string {
  return [name, revision, ...(filter === undefined ? [] : [encodeURIComponent(JSON.stringify(filter)).replaceAll("%", "-")])].join("-");
}
