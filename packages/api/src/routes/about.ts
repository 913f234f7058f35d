import type { OpenAPIHono } from "@hono/zod-openapi";
import { lookOf } from "@semblant/answers";
import { answerJson, newResource, route } from "../http/resource.ts";
import { about } from "../schemas/about.ts";
import type { Shelf } from "../shelf/shelf.ts";

/** GET /api: the library that is open, and what this home can do. */
export function aboutRoutes(shelf: Shelf, more: readonly string[]): OpenAPIHono {
  return newResource().openapi(
    route("get", "/", { summary: "The library that is open", tag: "library", answer: { json: about } }),
    async () => {
      const { model, ...rest } = await shelf.about();
      const looks = model && { ...model, looks: model.classes.map(lookOf) };
      return answerJson(about, { home: shelf.home, ...rest, ...(looks && { model: looks }), can: [...abilitiesOf(shelf), ...more] });
    },
  );
}

/** The optional abilities that a shelf has. */
function abilitiesOf(shelf: Shelf): string[] {
  const { add, adapted, taught, folders, storage, albumPage, copyOut } = shelf;
  const there = { add, adapt: adapted, teach: taught, folders, storage, page: albumPage, copy: copyOut };
  return Object.entries(there).flatMap(([name, ability]) => (ability === undefined ? [] : [name]));
}
