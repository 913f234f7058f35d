/** What a page tells of itself. Each function runs in the page. Its tasks are those of the main thread above 50 ms, in milliseconds. */

/** Runs before anything else of the page. */
export function watchTasks(): void {
  const tasks: number[] = [];
  Object.assign(globalThis, { tasks });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(Math.round(duration));
  }).observe({ entryTypes: ["longtask" as "measure"] }); // Node's types know no tasks of a page
}

/** Those since the last time. */
export function taskTimes(): number[] {
  return (globalThis as unknown as { tasks: number[] }).tasks.splice(0);
}

interface Cell {
  getBoundingClientRect(): { readonly top: number };
  querySelector(selector: "img"): { readonly complete: boolean; readonly naturalWidth: number } | null;
}

/** When the grid of photos stands in the window, with its pictures or without: milliseconds since the page began, 0 until then. */
export function shownAt(pictures: boolean): number {
  // Node's types know no documents.
  const { document, innerHeight } = globalThis as unknown as {
    readonly document: { querySelectorAll(selector: string): Iterable<Cell> };
    readonly innerHeight: number;
  };
  const cells = [...document.querySelectorAll(".photos-cell")].filter((cell) => cell.getBoundingClientRect().top < innerHeight);
  const images = cells.map((cell) => cell.querySelector("img"));
  const there = !pictures || images.every((image) => image?.complete === true && image.naturalWidth > 0);
  return cells.length > 0 && there ? performance.now() : 0;
}

/** A task of a trace that Chromium wrote: microseconds by the clock, and of the processor. */
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/**
 * Tasks of the page's main thread that took the processor for longer than 50 ms, in milliseconds, the longest first. What other programs
 * do meanwhile makes a task longer by the clock, and not by this.
 *
 * @param trace as `browser.stopTracing()` gives it, of the categories of {@link traced}
 */
export function busyTasks(trace: Buffer): number[] {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const threads = traceEvents.filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain");
  const isMain = new Set(threads.map(({ pid, tid }) => `${pid} ${tid}`));
  return traceEvents
    .filter(({ name, ph, pid, tid }) => name === "RunTask" && ph === "X" && isMain.has(`${pid} ${tid}`))
    .map(({ tdur = 0 }) => Math.round(tdur / 1000))
    .filter((milliseconds) => milliseconds > 50)
    .toSorted((a, b) => b - a);
}

/** What a trace has to hold for {@link busyTasks}. */
export const traced = ["disabled-by-default-devtools.timeline", "toplevel", "__metadata"];
