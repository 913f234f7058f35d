import type { OpenAPIHono } from "@hono/zod-openapi";
import { OptionError } from "@semblant/core";
import { HTTPException } from "hono/http-exception";
import { atMost, bodyLimits } from "../http/limits.ts";
import { answerJson, newResource, route } from "../http/resource.ts";
import { added } from "../schemas/photos.ts";
import type { Shelf } from "../shelf/shelf.ts";
import { wrongName } from "./uploaded-names.ts";

const form = {
  "multipart/form-data": {
    schema: {
      type: "object",
      required: ["file"] as string[],
      properties: {
        file: { type: "array", items: { type: "string", format: "binary" }, description: "Pictures; names may hold folders." },
      },
    },
  },
} as const;

/** POST /api/photos: copies pictures into the library's folder. */
export function addRoutes(add: NonNullable<Shelf["add"]>): OpenAPIHono {
  const app = newResource();
  app.post("/photos", atMost(bodyLimits.pictures));
  app.openapi(
    route("post", "/photos", {
      summary: "Copies pictures into the library's folder; the next index reads them",
      tag: "photos",
      request: { body: { required: true, content: form } },
      answer: { json: added },
      status: 201,
      refuses: [413, 415, 423, 507],
    }),
    async (c) => {
      if (!/^multipart\/form-data\s*;/i.test(c.req.header("content-type") ?? "")) throw new HTTPException(415);
      const files = await filesOf(c.req.raw);
      const named = files.map((file) => ({ file, reason: wrongName(file.name) }));
      const sound = named.filter(({ reason }) => reason === undefined).map(({ file }) => ({ name: file.name, bytes: file }));
      const wrong = named.flatMap(({ file: { name }, reason }) => (reason === undefined ? [] : [{ name, reason }]));
      const came = sound.length === 0 ? { added: [], already: [], refused: [] } : await add(oneByOne(sound));
      return answerJson(added, { ...came, refused: [...came.refused, ...wrong] }, 201);
    },
  );
  return app;
}

/** The files of a form, all of one field. */
async function filesOf(request: Request): Promise<File[]> {
  const parts = await request.formData().catch(() => undefined);
  if (parts === undefined) throw new OptionError("photos: expected a form with pictures, but it cannot be read.");
  const unknown = [...parts.keys()].find((name) => name !== "file");
  if (unknown !== undefined) throw new OptionError(`photos: expected pictures in the field "file", but got ${JSON.stringify(unknown)}.`);
  const files = parts.getAll("file").filter((part): part is File => typeof part !== "string");
  if (files.length === 0) throw new OptionError('photos: expected pictures in the field "file", but got none.');
  return files;
}

async function* oneByOne<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
