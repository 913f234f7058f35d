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
