import { type OpenAPIHono, z } from "@hono/zod-openapi";
import { answerJson, body, given, newResource, route } from "../http/resource.ts";
import { job, jobStart, jobs } from "../schemas/jobs.ts";
import { pathId } from "../schemas/words.ts";
import type { JobStart } from "../shelf/jobs.ts";
import type { Shelf } from "../shelf/shelf.ts";
import { shelfError } from "../shelf/shelf-error.ts";

/** Work that takes a while: its progress comes by /api/events. */
export function jobRoutes(shelf: Shelf): OpenAPIHono {
  const app = newResource();
  app.openapi(route("get", "/jobs", { summary: "Jobs that run, and the last that ended", tag: "jobs", answer: { json: jobs } }), async () =>
    answerJson(jobs, { jobs: await shelf.jobs.list() }),
  );
  app.openapi(
    route("post", "/jobs", {
      summary: "Starts a job, and does not wait for its end",
      tag: "jobs",
      request: { body: body(jobStart) },
      answer: { json: job },
      status: 202,
      refuses: [413, 423, 507],
    }),
    async (c) => answerJson(job, await shelf.jobs.start(given(c.req.valid("json")) as JobStart), 202),
  );
  app.openapi(
    route("delete", "/jobs/{id}", {
      summary: "Asks a job to stop; what it did is kept",
      tag: "jobs",
      request: { params: z.object({ id: pathId("a job") }) },
      answer: { json: job },
      refuses: [404],
    }),
    async (c) => {
      const { id } = c.req.valid("param");
      if (!(await shelf.jobs.list()).some((one) => one.id === id)) {
        throw shelfError("missing", `jobs: expected the id of a job, but ${id} is none.`);
      }
      return answerJson(job, await shelf.jobs.stop(id));
    },
  );
  return app;
}
