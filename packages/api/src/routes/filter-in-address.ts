import type { z } from "@hono/zod-openapi";
import type { FaceChoice } from "@semblant/answers";
import { given } from "../http/resource.ts";
import type { filterQuery } from "../schemas/filter.ts";

/** A filter as an address has it; undefined where it leaves nothing out. */
export function filterOfQuery(query: z.output<typeof filterQuery>): FaceChoice | undefined {
  const { since, until, least, most, hidden, ...rest } = query;
  const filter: FaceChoice = given({
    ...rest,
    since: momentOf(since),
    until: momentOf(until),
    people: least === undefined && most === undefined ? undefined : given({ least, most }),
    hidden: hidden === undefined ? undefined : hidden === "true",
  });
  return Object.keys(filter).length === 0 ? undefined : filter;
}

/** Milliseconds or a day. */
function momentOf(text: string | undefined): number | string | undefined {
  return text !== undefined && /^-?\d{5,}$/.test(text) ? Number(text) : text;
}
