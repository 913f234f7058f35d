import { cpSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { writePhoto } from "../generated-photos.ts";

const grounds = ["#8a9ba8", "#b7a48c", "#9db38f", "#c9b7a0", "#a49bb5", "#88a9b0"];

/**
 * A new folder of photos with generated faces, in two folders below it: most with one to three faces, one without any, and one file that
 * is no picture.
 */
export async function photoFolder(photos = 12): Promise<string> {
  const folder = join(realpathSync(mkdtempSync(join(tmpdir(), "semblant-app-"))), "Holidays");
  let row = 0;
  for (let i = 0; i < photos; i++) {
    const faces = Array.from({ length: 1 + (i % 3) }, () => row++);
    const day = String(1 + Math.floor(i / 3)).padStart(2, "0");
    const taken = `2024:07:${day} 1${i % 3}:30:00`;
    const name = `${i % 2 === 0 ? "beach" : "garden"}/${String(i + 1).padStart(3, "0")}.jpg`;
    await writePhoto(join(folder, name), faces, { ground: grounds[i % grounds.length] as string, taken });
  }
  await writePhoto(join(folder, "nobody.png"), []);
  writeFileSync(join(folder, "broken.jpg"), "not a picture");
  return folder;
}

/** The project's own picture of generated faces, beside what is in a folder. */
export function addSheet(folder: string): void {
  cpSync(resolve(import.meta.dirname, "../../docs/images/generated-faces.png"), join(folder, "sheet.png"));
}
