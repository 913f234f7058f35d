import type { Page } from "playwright-core";

/** Drops files and folders on what a selector names, as a person does from a folder's window. */
export async function dropFiles(page: Page, selector: string, paths: readonly string[]): Promise<void> {
  const box = await page.locator(selector).boundingBox();
  if (box === null) throw new Error(`Nothing is at ${selector} to drop on.`);
  const { height } = page.viewportSize() ?? { height: box.height };
  const at = { x: box.x + box.width / 2, y: (box.y + Math.min(box.y + box.height, height)) / 2 };
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const) await session.send("Input.dispatchDragEvent", { type, ...at, data });
  await session.detach();
}
