import { startHome } from "./home.ts";

/** What the home says in place of an answer, in the words of the command. */
export class ApiError extends Error {
  readonly status: number;
  readonly kind: string;
  readonly hint: string | undefined;
  constructor(
    status: number,
    { kind, message, hint }: { readonly kind: string; readonly message: string; readonly hint?: string | undefined },
  ) {
    super(message);
    this.status = status;
    this.kind = kind;
    this.hint = hint;
  }
}

/** `body`: sent as JSON, unless it is a Blob or a form. */
export interface Sent extends Omit<RequestInit, "body"> {
  readonly body?: unknown;
}

/**
 * Asks the home.
 *
 * @param path after /api, as "/photos/12"
 * @throws {ApiError} when the home refuses, or cannot be reached (status 0)
 */
export async function ask(path: string, { body, ...init }: Sent = {}): Promise<Response> {
  const isRaw = body === undefined || body instanceof Blob || body instanceof FormData;
  const headers = isRaw ? init.headers : { "content-type": "application/json", ...init.headers };
  const sent: RequestInit = {
    ...init,
    ...(headers && { headers }),
    ...(body !== undefined && { body: isRaw ? body : JSON.stringify(body) }),
  };
  const response = await (await startHome()).request(path, sent).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiError(0, { kind: "away", message: String(error instanceof Error ? error.message : error) });
  });
  if (response.ok) return response;
  throw await refusal(response);
}

/** {@link ask}, and reads the answer as JSON; undefined where there is none. */
export async function api<Answer>(path: string, sent?: Sent): Promise<Answer> {
  const response = await ask(path, sent);
  return (response.status === 204 ? undefined : await response.json()) as Answer;
}

async function refusal(response: Response): Promise<ApiError> {
  const said = (await response.json().catch(() => undefined)) as { error?: { kind?: string; message?: string; hint?: string } } | undefined;
  const { kind = "unknown", message = `${response.status} ${response.statusText}`, hint } = said?.error ?? {};
  return new ApiError(response.status, { kind, message, hint });
}
