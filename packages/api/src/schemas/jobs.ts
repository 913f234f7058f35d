import { z } from "@hono/zod-openapi";
import { problemFields } from "./problem.ts";
import { flag, id, list, options, some, text } from "./words.ts";

export const jobStart = z
  .discriminatedUnion(
    "kind",
    [
      options({
        kind: z.literal("index"),
        exclude: some(text(1000, "a pattern"), { most: 1000, what: "patterns of paths" }).optional(),
        retry: flag().optional(),
        replaceModel: flag().optional(),
      }),
      options({
        kind: z.literal("adapt"),
        newClasses: z
          .union([z.literal("all"), some(text(64), { most: 100, what: "labels" })], { error: "all, or a list of labels" })
          .optional(),
        only: flag().optional(),
      }),
    ],
    { error: "index or adapt" },
  )
  .openapi("JobStart");

export const job = z
  .strictObject({
    id: z.int(),
    kind: z.string(),
    state: z.enum(["running", "done", "stopped", "failed"]),
    progress: z.strictObject({
      done: z.number(),
      total: z.number().optional(),
      text: z.string().optional(),
      secondsLeft: z.number().optional(),
    }),
    started: z.number(),
    ended: z.number().optional(),
    result: z.unknown().optional(),
    problem: problemFields.optional(),
  })
  .openapi("Job");

export const jobs = z.strictObject({ jobs: list(job) }).openapi("Jobs");

/** What is told at /api/events, one a message. */
export const appEvent = z
  .discriminatedUnion("type", [
    z.strictObject({ type: z.literal("revision"), revision: z.number() }),
    z.strictObject({ type: z.literal("document"), name: z.string() }),
    z.strictObject({ type: z.literal("job"), job }),
    z.strictObject({ type: z.literal("run"), run: z.string() }),
  ])
  .openapi("AppEvent");

export const adaptedKept = options({ job: id("a job").openapi({ description: "The job that adapted it." }) }).openapi("AdaptedKept");
