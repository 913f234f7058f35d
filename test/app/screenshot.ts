import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Page } from "playwright-core";
import sharp from "sharp";

const folder = resolve(import.meta.dirname, "../../docs/images/app");
const wide = { width: 1200, height: 800 };
const phone = { width: 360, height: 740 };

const looks = [
  { name: "light", size: wide, scheme: "light" },
  { name: "dark", size: wide, scheme: "dark" },
  { name: "phone", size: phone, scheme: "light" },
] as const;

/**
 * Takes the pictures of a screen for the docs: light, dark, and as on a phone. Only where UPDATE_SCREENSHOTS=1 asks for it.
 *
 * @param settled waits for what changes with the window's size
 */
export async function shoot(page: Page, screen: string, settled: () => Promise<unknown> = async () => {}): Promise<void> {
  if (process.env.UPDATE_SCREENSHOTS !== "1") return;
  mkdirSync(folder, { recursive: true });
  for (const { name, size, scheme } of looks) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await page.setViewportSize(size);
    await settled();
    await page.waitForTimeout(400); // what the new width or colours moved has come to rest
    await sharp(await page.screenshot())
      .png({ palette: true, quality: 90, effort: 10 })
      .toFile(join(folder, `${screen}-${name}.png`));
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  await page.setViewportSize(wide);
}
