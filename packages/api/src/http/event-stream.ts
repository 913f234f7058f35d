import type { AppEvent } from "../shelf/jobs.ts";

/** Milliseconds between signs of life. */
const heartbeat = 15_000;

/** What a stream tells: what is there at its start, and what happens after. */
export interface EventSource {
  first(): Promise<readonly AppEvent[]>;
  watch(listener: (event: AppEvent) => void): () => void;
}

/**
 * Server-sent events: a `message` per event. Of what a slow reader missed it gets the last state only: one event per job, run,
 * document and for the revision. It ends when the reader goes or the request is aborted.
 *
 * Source: WHATWG, HTML Living Standard, "Server-sent events".
 */
export function eventStream(source: EventSource, signal: AbortSignal): Response {
  const waiting = new Map<string, AppEvent>();
  let wake = () => {};
  let ended = false;
  const take = (event: AppEvent) => {
    waiting.delete(nameOf(event)); // the last stands last
    waiting.set(nameOf(event), event);
    wake();
  };
  const unwatch = source.watch(take);
  const timer = setInterval(() => wake(), heartbeat);
  const end = () => {
    if (ended) return;
    ended = true;
    clearInterval(timer);
    unwatch();
    wake();
  };
  signal.addEventListener("abort", end, { once: true });
  if (signal.aborted) end();
  const body = new ReadableStream<string>({
    async start(controller) {
      controller.enqueue("retry: 1000\n\n");
      try {
        for (const event of await source.first()) if (!waiting.has(nameOf(event))) take(event);
      } catch {
        end(); // who listens tries again, and what it asks says what is wrong
      }
    },
    async pull(controller) {
      if (waiting.size === 0 && !ended) await new Promise<void>((resolve) => (wake = resolve));
      const texts = [...waiting.values()].map((event) => `data: ${JSON.stringify(event)}\n\n`);
      waiting.clear();
      if (!ended) controller.enqueue(texts.length === 0 ? ": here\n\n" : texts.join(""));
      else controller.close();
    },
    cancel: end,
  });
  return new Response(body.pipeThrough(new TextEncoderStream()), {
    headers: { "Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no" },
  });
}

/** Events of one name replace each other. */
function nameOf(event: AppEvent): string {
  if (event.type === "job") return `job ${event.job.id}`;
  if (event.type === "run") return `run ${event.run}`;
  return event.type === "document" ? `document ${event.name}` : event.type;
}
