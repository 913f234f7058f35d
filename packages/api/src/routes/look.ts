import type { OpenAPIHono } from "@hono/zod-openapi";
import { OptionError } from "@semblant/core";
import { HTTPException } from "hono/http-exception";
import { atMost, bodyLimits } from "../http/limits.ts";
import { answerJson, newResource, route } from "../http/resource.ts";
import { lookedPicture } from "../schemas/faces.ts";
import type { Shelf } from "../shelf/shelf.ts";
import { looksInWords } from "./looks-in-words.ts";

const binary = { schema: { type: "string", format: "binary" } } as const;
const pictureBodies = { "image/*": binary, "application/octet-stream": binary };

/** POST /api/look: the faces of a picture that is not in the library. */
export function lookRoutes(shelf: Shelf): OpenAPIHono {
  const app = newResource();
  app.use("/look", atMost(bodyLimits.picture));
  app.openapi(
    route("post", "/look", {
      summary: "The faces of a picture that is not in the library",
      tag: "questions",
      request: { body: { required: true, content: pictureBodies } },
      answer: { json: lookedPicture },
      refuses: [413, 415],
    }),
    async (c) => {
      const type = c.req.header("content-type") ?? "";
      if (!/^(image\/[\w.+-]+|application\/octet-stream)\s*(;|$)/i.test(type)) throw new HTTPException(415);
      const blob = await c.req.blob();
      if (blob.size === 0) throw new OptionError("look: expected the bytes of a picture, but got none.");
      const { faces, ...picture } = await shelf.look(blob);
      return answerJson(lookedPicture, {
        ...picture,
        faces: faces.map(({ embedding, ...face }) => ({ ...face, embedding: Array.from(embedding), looks: looksInWords(face) })),
      });
    },
  );
  return app;
}
