import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writePhoto } from "./generated-photos.ts";

const root = resolve(import.meta.dirname, "..");
const given = resolve(root, "../shared/photos");
let home: string;

/** The command's answer with --json, and how it ended. */
function semblant<Answer>(...args: string[]): { answer: Answer; status: number | null; stderr: string } {
  const cli = join(root, "packages/semblant/src/cli.ts");
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--conditions=semblant-source", cli, ...args, "--json"], {
    cwd: home,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return { answer: JSON.parse(stdout === "" ? "{}" : stdout) as Answer, status, stderr };
}

interface Indexed {
  readonly photos: number;
  readonly faces: number;
  readonly errors: readonly { readonly path: string }[];
}

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "semblant-photos-"));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe("a folder of photos made by us", () => {
  beforeAll(async () => {
    const photo = (name: string, faces: number[], options = {}) => writePhoto(join(home, "ours", name), faces, options);
    await photo("a.jpg", [0, 1], { taken: "2024:05:01 10:00:00" });
    await photo("b.png", [2], { taken: "2024:05:01 10:00:02" });
    await photo("trip/c.webp", [3], { ground: "#334455" });
    await photo("trip/d.avif", [4, 5]);
    await photo("trip/e.tiff", [6], { side: 60 });
    await sharp(readFileSync(join(home, "ours/a.jpg")))
      .jpeg({ quality: 60 })
      .toFile(join(home, "ours/a-again.jpg"));
    writeFileSync(join(home, "ours/broken.jpg"), "no picture");
    writeFileSync(join(home, "ours/empty.png"), "");
    await sharp({ create: { width: 90, height: 60, channels: 3, background: "#fff" } })
      .png()
      .toFile(join(home, "ours/wall.png"));
  });

  it("is read once: every face, every format, each broken file a line and the status 1", () => {
    const { answer, status } = semblant<Indexed>("index", "ours");
    expect(status).toBe(1);
    expect(answer.errors.map(({ path }) => path).sort()).toEqual(["broken.jpg", "empty.png"]);
    const health = semblant<{ photos: number; faces: number }>("library", "check", "ours").answer;
    expect(health.photos).toBe(7);
    expect(health.faces).toBe(9);
  });

  it("finds the face of a photo in its copy, and faces by words", () => {
    const like = semblant<{ hits: { path: string; distance: number }[] }>("search", "ours/a.jpg", "--in", "ours", "-k", "3");
    expect(like.answer.hits[0]?.path).toBe("a-again.jpg");
    const words = semblant<{ hits: object[] }>("search", "surprised", "--in", "ours", "-k", "3");
    expect(words.answer.hits).toHaveLength(3);
  });

  it("is summed up without near-duplicates, clustered, and has a best shot of each moment", () => {
    const { pictures } = semblant<{ pictures: { path: string }[] }>("album", "ours", "--size", "5", "--no-index").answer;
    const paths = pictures.map(({ path }) => path);
    expect(paths.filter((path) => path.startsWith("a"))).toHaveLength(1);
    const { groups } = semblant<{ groups: { size: number }[] }>("cluster", "ours", "-k", "3", "--no-index").answer;
    expect(groups).toHaveLength(3);
    const best = semblant<{ bursts: { shots: { path: string }[] }[] }>("best", "ours", "--no-index").answer;
    expect(
      best.bursts.some(
        ({ shots }) =>
          shots
            .map(({ path }) => path)
            .sort()
            .join() === "a-again.jpg,a.jpg",
      ),
    ).toBe(true);
  });

  it("forgets a folder without trace", () => {
    expect(semblant("library", "forget", "trip", "--library", "ours/.semblant/library.sqlite").status).toBe(0);
    for (const name of readdirSync(join(home, "ours/.semblant"))) {
      expect(readFileSync(join(home, "ours/.semblant", name)).includes("trip/")).toBe(false);
    }
  });
});

describe.skipIf(!existsSync(given))("real photos (skipped without shared/photos)", () => {
  beforeAll(() => {
    mkdirSync(join(home, "real"));
    for (const name of readdirSync(join(given, "portraits-cc0"))
      .filter((file) => file.endsWith(".jpg"))
      .slice(0, 16)) {
      cpSync(join(given, "portraits-cc0", name), join(home, "real", name));
    }
    for (const name of ["human_group-5.jpg", "human_group-1.jpg"]) cpSync(join(given, "groups", name), join(home, "real", name));
  });

  it("have a face in each portrait and each person of a group, and are summed up", () => {
    const { answer } = semblant<{ pictures: { path: string }[]; of: { photos: number; faces: number } }>("album", "real", "--size", "4");
    expect(answer.of.photos).toBe(18);
    expect(answer.of.faces).toBeGreaterThanOrEqual(16 + 7 + 12);
    expect(answer.pictures).toHaveLength(4);
  });
});
