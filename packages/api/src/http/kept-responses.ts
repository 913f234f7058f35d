/** What a response may be made of. */
export type Content = NonNullable<ConstructorParameters<typeof Response>[0]>;

/** What a browser may keep of an answer. */
export interface Keeping {
  /** Another text whenever the answer is another. */
  readonly tag: string;
  /** Whether the address carries the content's version, so that it may be kept for ever. */
  readonly forEver?: boolean;
}

/** An answer with its tag; without its body where the browser has it already (If-None-Match). */
export async function keepable(
  request: Request,
  { tag, forEver = false }: Keeping,
  make: () => Promise<{ readonly body: Content; readonly type: string; readonly headers?: Record<string, string> }>,
): Promise<Response> {
  const etag = `"${tag.replace(/[^\w.-]/g, "_")}"`;
  const kept = { ETag: etag, "Cache-Control": forEver ? "private, max-age=31536000, immutable" : "private, no-cache" };
  const known = (request.headers.get("if-none-match") ?? "").split(",").map((one) => one.trim().replace(/^W\//, ""));
  if (known.includes(etag)) return new Response(null, { status: 304, headers: kept });
  const { body, type, headers } = await make();
  return new Response(body, { headers: { ...kept, ...headers, "Content-Type": type } });
}

const pictureTypes: ReadonlySet<string> = new Set(["image/jpeg", "image/png", "image/webp"]);

/** A picture's bytes with their type; what is no picture is never shown as something else. */
export function pictureBody(blob: Blob): { body: Content; type: string } {
  return { body: blob, type: pictureTypes.has(blob.type) ? blob.type : "application/octet-stream" };
}
