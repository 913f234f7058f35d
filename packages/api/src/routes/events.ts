import type { OpenAPIHono } from "@hono/zod-openapi";
import { eventStream } from "../http/event-stream.ts";
import { newResource, route } from "../http/resource.ts";
import type { AppEvent } from "../shelf/jobs.ts";
import type { Shelf } from "../shelf/shelf.ts";

/** Tells what happens from now on; what it gives back ends it. */
export type Watch = (listener: (event: AppEvent) => void) => () => void;

/** GET /api/events: begins with the revision and the jobs that run, then tells what happens. */
export function eventRoutes(shelf: Shelf, more: readonly Watch[]): OpenAPIHono {
  const watch: Watch = (listener) => {
    const ends = [shelf.watch(listener), ...more.map((one) => one(listener))];
    return () => {
      for (const end of ends) end();
    };
  };
  const first = async (): Promise<AppEvent[]> => {
    const [{ revision }, jobs] = await Promise.all([shelf.about(), shelf.jobs.list()]);
    const running = jobs.filter(({ state }) => state === "running");
    return [{ type: "revision", revision }, ...running.map((job): AppEvent => ({ type: "job", job }))];
  };
  return newResource().openapi(
    route("get", "/events", {
      summary: "What happens, as server-sent events: each message is an AppEvent",
      tag: "events",
      answer: { bytes: ["text/event-stream"] },
    }),
    (c) => eventStream({ first, watch }, c.req.raw.signal),
  );
}
