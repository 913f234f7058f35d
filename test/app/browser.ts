import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Whether the tests that need a browser can run; they say why not. */
export const hasBrowser = existsSync(executablePath);
if (!hasBrowser) console.warn(`No chromium at ${executablePath}: tests of the app's page are skipped. CHROMIUM names another.`);

const quiet = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Debian's Chromium, without a window; `more` as "--use-fake-device-for-media-stream". */
export function openBrowser(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath, args: [...quiet, ...more] });
}
