import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { cachedImages } from "./image-cache.ts";

const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), "semblant-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
};
const reading = (root: string) =>
  cachedImages({
    root,
    name: "faces",
    sources: ["faces.csv"],
    shape: { width: 2, height: 1, channels: 1 },
    cache: true,
    decode: async (append) => void append(Uint8Array.of(1, 2)),
  });
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe("decoded images", () => {
  it("are the owner's alone, and say where they were kept when they were, not when they lay there already", async () => {
    const root = folder();
    writeFileSync(join(root, "faces.csv"), "x");
    const beside = join(root, ".semblant-cache");
    expect((await reading(root)).images.keptIn).toBe(beside);
    expect([mode(beside), ...readdirSync(beside).map((file) => mode(join(beside, file)))]).toEqual(["700", "600"]);
    expect((await reading(root)).images.keptIn).toBeUndefined();
  });

  it("are kept in the user's cache where the data may not be written to", async () => {
    const [root, home] = [folder(), folder()];
    writeFileSync(join(root, "faces.csv"), "x");
    writeFileSync(join(root, ".semblant-cache"), "in the way, as no permission would be");
    vi.stubEnv("XDG_CACHE_HOME", home);
    onTestFinished(() => void vi.unstubAllEnvs());
    const kept = (await reading(root)).images.keptIn as string;
    expect(kept.startsWith(join(home, "semblant"))).toBe(process.platform === "linux");
    if (process.platform === "linux") expect([mode(join(home, "semblant")), mode(kept)]).toEqual(["700", "700"]);
    expect((await reading(root)).images.keptIn).toBeUndefined();
  });
});
