import { mkdtempSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { facesForPhotos, writePhoto } from "../generated-photos.ts";

/** Folders and the class of the generated faces in them, by its index. */
const folders = [
  ["neutral", 0],
  ["happy", 1],
  ["surprised", 2],
  ["sad", 3],
] as const;

/**
 * A new folder of photos with one generated face each, in folders named by how they look; the first of "happy" and of "sad" lie in the
 * wrong one. Beside them a photo with two faces, which has no label.
 */
export async function labelledFolder(each = 6): Promise<string> {
  const root = join(realpathSync(mkdtempSync(join(tmpdir(), "semblant-labels-"))), "Faces");
  const { labels } = facesForPhotos();
  const ofClass = (label: number) => [...labels.keys()].filter((row) => labels[row] === label);
  for (const [name, label] of folders) {
    const wrong = { happy: "sad", sad: "happy" }[name as string];
    for (const [i, row] of ofClass(label).slice(0, each).entries()) {
      const folder = i === 0 && wrong !== undefined ? wrong : name;
      await writePhoto(join(root, folder, `${name}-${i}.png`), [row], { side: 120 });
    }
  }
  await writePhoto(join(root, "two.png"), [ofClass(4)[0] as number, ofClass(5)[0] as number], { side: 120 });
  return root;
}
