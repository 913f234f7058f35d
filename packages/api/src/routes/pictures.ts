import { type OpenAPIHono, z } from "@hono/zod-openapi";
import { keepable, pictureBody } from "../http/kept-responses.ts";
import { newResource, route } from "../http/resource.ts";
import { placeOf } from "../kept/face-of.ts";
import { type LibraryNow, versionOf } from "../kept/library-now.ts";
import { options, pathId, text } from "../schemas/words.ts";

const version = text(64, "a version").optional().openapi({ description: "The photo's version: with it the picture may be kept for ever." });
const side = z
  .string()
  .regex(/^(full|\d{2,5})$/, { error: "full, or a number of pixels from 16 to 16384" })
  .transform((given): number | "full" => (given === "full" ? given : Math.min(16_384, Math.max(16, Number(given)))))
  .optional()
  .openapi({ type: "string", description: "Most pixels along the longer side, or full (1600).", example: "640" });

/** Photos and faces as pictures. */
export function pictureRoutes(now: LibraryNow): OpenAPIHono {
  const { shelf } = now;
  const app = newResource();
  app.openapi(
    route("get", "/photos/{id}/picture", {
      summary: "A photo, upright, without metadata",
      tag: "photos",
      request: { params: z.object({ id: pathId("a photo") }), query: options({ side, v: version }) },
      answer: { bytes: ["image/jpeg", "image/png", "image/webp"] },
      refuses: [404],
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      const { side: most = 1600, v } = c.req.valid("query");
      const of = versionOf(await now.photo(id));
      return keepable(c.req.raw, { tag: `${of}-${most}`, forEver: v === of }, async () => pictureBody(await shelf.picture(id, most)));
    },
  );
  app.openapi(
    route("get", "/photos/{id}/thumbnail", {
      summary: "A photo, 320 pixels high",
      tag: "photos",
      request: { params: z.object({ id: pathId("a photo") }), query: options({ v: version }) },
      answer: { bytes: ["image/webp"] },
      refuses: [404],
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      const of = versionOf(await now.photo(id));
      const forEver = c.req.valid("query").v === of;
      return keepable(c.req.raw, { tag: `${of}-thumbnail`, forEver }, async () => pictureBody(await shelf.thumbnail({ photo: id })));
    },
  );
  app.openapi(
    route("get", "/faces/{id}/thumbnail", {
      summary: "A face, 160 pixels square",
      tag: "faces",
      request: { params: z.object({ id: pathId("a face") }), query: options({ v: version }) },
      answer: { bytes: ["image/webp"] },
      refuses: [404],
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      const { photo, box } = await placeOf(shelf, id);
      const of = versionOf(await now.photo(photo));
      const tag = `${of}-${[box.x, box.y, box.width].map(Math.round).join("-")}`;
      const forEver = c.req.valid("query").v === of;
      return keepable(c.req.raw, { tag, forEver }, async () => pictureBody(await shelf.thumbnail({ face: id })));
    },
  );
  return app;
}
