import { DataError, EngineError, OptionError, ShapeError } from "@semblant/core";
import { HTTPException } from "hono/http-exception";
import type { Problem } from "../shelf/jobs.ts";

/** What a refusal is answered with. */
export type FailureStatus = 400 | 404 | 409 | 413 | 415 | 423 | 500 | 507;

/** An error for a person: its class, its sentence, and what to try. */
export function problemOf(error: unknown): Problem {
  if (error instanceof HTTPException) return ofHttp(error);
  if (!isOurs(error)) return { kind: "Error", message: "api: something went wrong here that is not your fault.", hint: firstLine(error) };
  const [message = "", ...advice] = error.message.split("\n").map((line) => line.trim());
  return { kind: error.name, message, ...(advice.length > 0 && { hint: advice.join("\n") }) };
}

/** The status of an error. */
export function statusOf(error: unknown): FailureStatus {
  if (error instanceof HTTPException) return error.status === 415 ? 415 : error.status === 413 ? 413 : 400;
  const reason = reasonOf(error);
  if (reason !== undefined) return reason;
  if (error instanceof OptionError || error instanceof ShapeError) return 400;
  return error instanceof DataError ? 409 : 500;
}

/** An error as a response. */
export function failure(error: unknown): Response {
  return Response.json({ error: problemOf(error) }, { status: statusOf(error) });
}

function isOurs(error: unknown): error is Error {
  return [OptionError, ShapeError, DataError, EngineError].some((kind) => error instanceof kind);
}

function ofHttp(error: HTTPException): Problem {
  if (error.status === 415) return { kind: "OptionError", message: "api: expected a body of the type that is described, but got another." };
  return { kind: "OptionError", message: "api: expected a body of well-formed JSON, but it is none." };
}

const refusals: Readonly<Record<string, FailureStatus>> = { missing: 404, busy: 423, full: 507, "too large": 413 };

/** Why a shelf refuses, as its error or what caused it tells; undefined where nothing does. */
function reasonOf(error: unknown, depth = 0): FailureStatus | undefined {
  if (typeof error !== "object" || error === null || depth > 4) return undefined;
  const { refusal, code, name, cause } = error as { refusal?: unknown; code?: unknown; name?: unknown; cause?: unknown };
  if (typeof refusal === "string" && Object.hasOwn(refusals, refusal)) return refusals[refusal];
  const said = typeof code === "string" ? code : "";
  if (["ENOSPC", "EDQUOT", "SQLITE_FULL"].includes(said) || name === "QuotaExceededError") return 507;
  if (/^SQLITE_(BUSY|LOCKED)/.test(said)) return 423;
  return reasonOf(cause, depth + 1);
}

function firstLine(error: unknown): string {
  return String((error as { message?: unknown } | null)?.message ?? error).split("\n")[0] as string;
}
