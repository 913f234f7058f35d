import { createRoute, OpenAPIHono, type RouteConfig, type z } from "@hono/zod-openapi";
import { OptionError } from "@semblant/core";
import { problem } from "../schemas/problem.ts";
import { inWords } from "../schemas/words.ts";
import { type FailureStatus, failure } from "./failures.ts";

/** Routes of one resource. What its schemas refuse is answered in plain words. */
export function newResource(): OpenAPIHono {
  const app = new OpenAPIHono({
    defaultHook: (result, c) => {
      if (result.success) return undefined;
      const given = (result as { readonly data?: unknown }).data;
      return failure(new OptionError(inWords(whereOf(c.req.path), result.error, given)));
    },
  });
  app.onError((error) => failure(error));
  return app;
}

/** The resource that a path is of, as messages begin: "search" of /api/search. */
function whereOf(path: string): string {
  return path.split("/")[2] ?? "api";
}

const meanings: Readonly<Record<FailureStatus, string>> = {
  400: "The request is not as described.",
  404: "It is not there.",
  409: "The library has no answer to it as it is.",
  413: "The body is too large.",
  415: "The body is of another type.",
  423: "The library is in use.",
  500: "Something went wrong here.",
  507: "The disk is full.",
};

/** What a route answers: JSON of a schema, other bytes, or nothing. */
type Answered = { readonly json: z.ZodType } | { readonly bytes: readonly string[] } | "nothing";

type Responses = Record<number, { readonly description: string; readonly content?: Record<string, { readonly schema: z.ZodType }> }>;

/** What is said of a route. */
interface Described {
  readonly summary: string;
  readonly tag: string;
  readonly answer: Answered;
  /** 200, or 204 where it answers nothing. */
  readonly status?: 200 | 201 | 202;
  /** When it answers nothing (204) in place of that. */
  readonly orNothing?: string;
  /** What it refuses with, beside what any route may. */
  readonly refuses?: readonly FailureStatus[];
}

/** A route with its description; all routes may answer 400, 409 and 500. */
export function route<const M extends RouteConfig["method"], const P extends string, const R extends NonNullable<RouteConfig["request"]>>(
  method: M,
  path: P,
  described: Described & { readonly request?: R },
) {
  const { summary, tag, answer, status, orNothing, refuses = [], request } = described;
  const responses: Record<number, unknown> = { [status ?? (answer === "nothing" ? 204 : 200)]: answered(answer) };
  if (orNothing !== undefined) responses[204] = { description: orNothing };
  for (const refused of new Set<FailureStatus>([400, ...refuses, 409, 500])) {
    responses[refused] = { description: meanings[refused], content: { "application/json": { schema: problem } } };
  }
  return createRoute({ method, path, summary, tags: [tag], request: request as R, responses: responses as Responses });
}

function answered(answer: Answered): unknown {
  if (answer === "nothing") return { description: "Done." };
  if ("json" in answer) return { description: "The answer.", content: { "application/json": { schema: answer.json } } };
  const schema = { type: "string", format: "binary" };
  return { description: "The bytes.", content: Object.fromEntries(answer.bytes.map((type) => [type, { schema }])) };
}

/** A body of JSON, which has to be there. */
export function body<T extends z.ZodType>(schema: T) {
  return { required: true, content: { "application/json": { schema } } } as const;
}

/** An answer as JSON; its type is held against the schema that describes it. */
export function answerJson<T extends z.ZodType>(_schema: T, value: z.input<T>, status = 200): Response {
  return Response.json(value, { status, headers: { "Cache-Control": "no-store" } });
}

/** An answer of nothing. */
export function done(): Response {
  return new Response(null, { status: 204 });
}

/** What was parsed, without names that are undefined: JSON has none. */
export function given<T extends object>(parsed: T): Given<T> {
  return Object.fromEntries(Object.entries(parsed).filter(([, value]) => value !== undefined)) as Given<T>;
}

/** A type whose optional names are left out or have a value. */
export type Given<T> = T extends readonly unknown[] ? T : T extends object ? { [K in keyof T]: Given<Exclude<T[K], undefined>> } : T;
