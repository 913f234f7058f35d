import { OpenAPIHono } from "@hono/zod-openapi";
import { show } from "@semblant/core/internals";
import { failure } from "./http/failures.ts";
import { atMost, bodyLimits } from "./http/limits.ts";
import { routesOf } from "./routes/all.ts";
import type { Watch } from "./routes/events.ts";
import { appEvent } from "./schemas/jobs.ts";
import type { Shelf } from "./shelf/shelf.ts";
import { shelfError } from "./shelf/shelf-error.ts";

/** Routes that only some homes have, and what they are called in `can`. */
export interface ExtraRoutes {
  readonly name: string;
  /** Mounted below /api; made by `newResource`, so that its schemas are described and its errors alike. */
  readonly routes: OpenAPIHono;
  /** Tells what happens there, for /api/events. */
  readonly watch?: Watch;
}

/**
 * The API of a library as a function, without a socket: the same for a server, a worker in a page, and tests. Errors are answers too:
 * `{ error: { kind, message, hint? } }`, with the message of the command.
 *
 * @param extra routes that only some homes have
 */
export function createApi(shelf: Shelf, extra: readonly ExtraRoutes[] = []): (request: Request) => Promise<Response> {
  const app = new OpenAPIHono();
  app.use(async (c, next) => {
    await next();
    if (!c.res.headers.has("X-Content-Type-Options")) c.res.headers.set("X-Content-Type-Options", "nosniff");
    if (!c.res.headers.has("Cache-Control")) c.res.headers.set("Cache-Control", "no-store");
  });
  const withOwnLimit = /^\/api\/(photos|look|documents\/[^/]+)$/;
  const question = atMost(bodyLimits.question);
  app.use((c, next) => (withOwnLimit.test(c.req.path) ? next() : question(c, next)));
  app.onError((error) => failure(error));
  app.notFound((c) => failure(shelfError("missing", `api: expected an address of the API, but got ${c.req.method} ${show(c.req.path)}.`)));
  const routes = [
    ...routesOf(
      shelf,
      extra.map(({ name }) => name),
      extra.flatMap(({ watch }) => watch ?? []),
    ),
    ...extra.map((one) => one.routes),
  ];
  for (const one of routes) app.route("/api", one);
  app.openAPIRegistry.register("AppEvent", appEvent);
  const described = () =>
    app.getOpenAPI31Document({
      openapi: "3.1.0",
      info: { title: "Semblant", version: "1", description: "Questions about a library of faces. Ids are numbers, times milliseconds." },
    });
  app.get("/api/openapi.json", (c) => c.json(described()));
  return async (request) => app.request(request);
}
