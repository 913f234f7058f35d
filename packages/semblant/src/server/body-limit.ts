/** A request whose body ends at a limit, and whether it went past it. */
export interface Limited {
  readonly request: Request;
  exceeded(): boolean;
}

/** Lets at most so many bytes of a body through: one that says that it is larger is not read at all, another no further than that. */
export function limited(request: Request, most: number): Limited {
  const said = request.headers.get("content-length");
  const tooMuch = said !== null && !(Number(said) <= most);
  if (tooMuch || request.body === null) return { request, exceeded: () => tooMuch };
  let read = 0;
  let over = false;
  const counted = request.body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(part, controller) {
        read += part.byteLength;
        over ||= read > most;
        if (over) controller.error(new Error("the body is too large"));
        else controller.enqueue(part);
      },
    }),
  );
  return { request: new Request(request, { body: counted, duplex: "half" } as RequestInit), exceeded: () => over };
}
