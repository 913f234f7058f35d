import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { shelfError } from "../shelf/shelf-error.ts";
import { failure } from "./failures.ts";

const MiB = 2 ** 20;

/** Bytes of a body at most, by what it carries. */
export const bodyLimits = { question: 4 * MiB, document: 32 * MiB, picture: 512 * MiB, pictures: 1024 * MiB };

/** Refuses larger bodies, before they are read where they say how large they are. */
export function atMost(bytes: number): MiddlewareHandler {
  return bodyLimit({
    maxSize: bytes,
    onError: () => failure(shelfError("too large", `api: expected a body of at most ${bytes / MiB} MiB, but it is larger.`)),
  });
}
