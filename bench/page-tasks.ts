/** How long the page is ever busy: tasks of Chromium's main thread above 50 ms, in milliseconds. Each function runs in the page. */

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
