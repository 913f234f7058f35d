/** What README and the pages of commands show is run: on photos and a small FER+ folder made of generated faces, with small networks. */

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { generateFaces, type LabeledImages } from "@semblant/datasets";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runExample } from "./examples.ts";
import { facesForPhotos, writePhoto } from "./generated-photos.ts";

const root = resolve(import.meta.dirname, "..");
const cli = resolve(root, "packages/semblant/src/cli.ts");
const block = (page: string, language: string, containing: string) =>
  [...readFileSync(resolve(root, page), "utf8").matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))]
    .map((match) => match[1] as string)
    .find((code) => code.includes(containing)) ?? "";

describe("README and the pages of commands", () => {
  const folder = mkdtempSync(join(tmpdir(), "semblant-readme-"));
  beforeAll(async () => {
    const faces = generateFaces({ count: 192, seed: 3 });
    await writeFerPlus(join(folder, "ferplus", "FER2013Train"), faces.train);
    await writeFerPlus(join(folder, "ferplus", "FER2013Valid"), faces.validation);
    await writeFerPlus(join(folder, "ferplus", "FER2013Test"), faces.test);
    await writeJaffe(join(folder, "jaffe"), faces.test);
    writeFileSync(join(folder, "sgm.yaml"), "preset: best\n");
    process.chdir(folder);
  });
  afterAll(() => {
    process.chdir(root);
    rmSync(folder, { recursive: true });
  });

  it("show code that runs", async () => {
    const code = block("README.md", "ts", "readFerPlus").replace(
      "resnet18({ channels: 1, dimensions: 64 })",
      "resnet18({ channels: 1, dimensions: 64, baseChannels: 8 })",
    );
    expect(code).toContain("baseChannels: 8");
    await runExample(code, {
      ...(await import("@semblant/core")),
      ...(await import("@semblant/training")),
    });
  });

  it("show code about photos that runs", async () => {
    for (const i of [0, 1, 2]) await writePhoto(join(folder, "photos", `${i}.jpg`), [i]);
    await writePhoto(join(folder, "me.jpg"), [20]);
    for (const page of ["README.md", "docs/photos.md"]) await runExample(block(page, "ts", "await album("), await import("semblant"));
  });

  it("starts with lines that name scripts and commands that are there", async () => {
    const { scripts } = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8")) as { scripts: Record<string, string> };
    const lines = block("README.md", "sh", "npm run demo").trim().split("\n");
    expect(lines.map((line) => /^npm run (\w+)/.exec(line)?.[1])).toEqual(["photos", "photos", "app", "demo"]);
    for (const name of ["photos", "app", "demo"]) expect(Object.keys(scripts)).toContain(name);
    await writePhoto(join(folder, "Pictures", "0.jpg"), [0, 1]);
    for (const line of lines.filter((line) => line.includes("npm run photos"))) {
      const words = (line.replace(/ #.*/, "").split(" -- ")[1] ?? "")
        .trim()
        .replace("~/", "")
        .matchAll(/"([^"]*)"|(\S+)/g);
      semblant([...words].map(([, quoted, plain]) => quoted ?? (plain as string)));
    }
    expect(existsSync("album.html")).toBe(true);
    rmSync("album.html");
  });

  it("show questions about photos that run, from the clone, about any folder", { timeout: 300_000 }, async () => {
    for (const i of [0, 1, 2, 3]) await writePhoto(join(folder, "Pictures", `${i}.jpg`), [2 * i, 2 * i + 1]);
    await writePhoto(join(folder, "me.jpg"), [20]);
    await writeMislabelled(join(folder, "labelled"));
    const [setUp, ...lines] = block("docs/photos.md", "sh", "npx semblant album")
      .split("\n")
      .map((line) => line.replace(/ #.*/, "").trim())
      .filter(Boolean);
    expect(setUp).toBe("npm run setup -- --photos");
    expect(lines.length).toBeGreaterThan(5);
    for (const line of lines) {
      const words = [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? (c as string));
      expect(words.slice(0, 2)).toEqual(["npx", "semblant"]);
      const args = words.slice(2).map((word) => word.replace("~/", "").replace("#12", "#1").replace("#40", "#2"));
      // Two faces that were drawn by lot need have no look in common.
      semblant([...args, ...(args[0] === "teach" ? ["--anyway"] : [])]);
    }
    for (const file of ["album.html", "groups.html", "doubtful.html"])
      expect({ file, written: existsSync(file) }).toEqual({ file, written: true });
    expect(existsSync(".semblant")).toBe(false);
  });

  it("show commands that run", { timeout: 900_000 }, async () => {
    const labelled = await writeMislabelled(join(folder, "faces"));
    const rows = labelled.map(({ label, file }, i) => `${label},faces/${label}/${file},validation,${i % 4 === 0},${i % 4 !== 0}`);
    writeFileSync(join(folder, "queries.csv"), `${["label,path,split,is_query,is_gallery", ...rows].join("\n")}\n`);
    const commands = block("docs/command-line.md", "sh", "semblant data inspect")
      .split("\n")
      .map((line) => line.replace(/#.*/, "").trim())
      .filter(Boolean);
    expect(commands.length).toBeGreaterThan(5);
    const small = ["network.baseChannels=8", "epochs=1", "perClass=4"];
    /** What keeps each command that trains, or times a training, to seconds. */
    const less: Readonly<Record<string, readonly string[]>> = {
      train: small,
      compare: [...small, "data.count=240", "--seeds", "1", "--bootstrap", "50"], // of generated faces, of which there are thousands
      subdivide: [...small, "--levels", "2"],
      reproduce: [...small, "--networks", "resnet18"],
      doctor: ["--no-timing"],
    };
    semblant(["train", "--data", "ferplus/", "--loss", "softmax", "--out", "runs/softmax", ...small]);
    for (const command of commands) {
      const [name, ...args] = command.split(/\s+/);
      expect(name).toBe("semblant");
      const settings = less[args[0] as string] ?? [];
      const started = args.includes("--start"); // a start decides the width
      // A network of one epoch may be further off by weights of eight bits than export lets through.
      const words = args[0] === "export" ? args.map((word) => (word === "int8" ? "float16" : word)) : args;
      semblant([...words, ...settings.filter((setting) => !(started && setting.startsWith("network.baseChannels")))]);
    }
    for (const file of ["sgm.html", "faces.parquet", "map.png", "soft.csv", "pages/table-2.html", "runs/sub/level-2/level.json"]) {
      expect({ file, written: existsSync(file) }).toEqual({ file, written: true });
    }
    const reproduced = JSON.parse(readFileSync("runs/paper/resnet18-sgm-0/settings.json", "utf8"));
    expect(reproduced.settings.network.baseChannels).toBe(8); // settings that follow --data are settings
    semblant(["train", "--config", "sgm.yaml", "loss.sigma=2", "--data", "ferplus/", "--out", "runs/config", ...small]);
    expect(JSON.parse(readFileSync("runs/config/settings.json", "utf8")).settings.loss.sigma).toBe(2);
  });
});

function semblant(args: readonly string[]): void {
  const { status, stderr } = spawnSync(process.execPath, ["--conditions=semblant-source", cli, ...args], { encoding: "utf8" });
  expect({ command: args.join(" "), status, stderr: status === 0 ? "" : stderr }).toEqual({
    command: args.join(" "),
    status: 0,
    stderr: "",
  });
}

/** A folder as JAFFE has them: seven expressions, the person and the expression in the name. */
async function writeJaffe(folder: string, { images, labels }: LabeledImages): Promise<void> {
  mkdirSync(folder);
  const codes = ["NE", "HA", "SU", "SA", "AN", "DI", "FE"]; // in the order of the classes; none for contempt
  const people = ["KA", "KL", "KM", "KR", "MK", "NA", "NM", "TM", "UY", "YM"];
  for (let i = 0; i < images.count; i++) {
    const code = codes[labels[i] as number];
    if (code === undefined) continue;
    const pixels = new Uint8Array(images.width * images.height);
    images.gather([i], pixels);
    const name = `${people[i % 10]}.${code}${1 + Math.floor(i / 10)}.${i + 1}.tiff`;
    await sharp(pixels, { raw: { width: images.width, height: images.height, channels: 1 } })
      .toColourspace("b-w")
      .tiff()
      .toFile(join(folder, name));
  }
}

/** A folder as FERPlus has them: label.csv with ten votes a face, and the faces as PNG. */
/** Drawn faces under names that are not theirs, four per class: any model that is adapted to them is better for it. */
async function writeMislabelled(folder: string): Promise<readonly { readonly label: string; readonly file: string }[]> {
  const { labels, classes } = facesForPhotos();
  const written: { label: string; file: string }[] = [];
  for (const [drawn, label] of [
    ["surprise", "happiness"],
    ["happiness", "sadness"],
  ] as const) {
    const rows = [...labels.keys()].filter((row) => classes[labels[row] as number] === drawn).slice(0, 4);
    for (const row of rows) {
      await writePhoto(join(folder, label, `${row}.jpg`), [row]);
      written.push({ label, file: `${row}.jpg` });
    }
  }
  return written;
}

async function writeFerPlus(folder: string, { images, votes, ids }: LabeledImages): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const { count, width, height } = images;
  const lines: string[] = [];
  for (let i = 0; i < count; i++) {
    const pixels = new Uint8Array(width * height);
    images.gather([i], pixels);
    const name = `fer${String(i).padStart(7, "0")}.png`;
    await sharp(pixels, { raw: { width, height, channels: 1 } })
      .toColourspace("b-w")
      .png()
      .toFile(join(folder, name));
    const counts = Array.from((votes as Float32Array).subarray(i * 8, i * 8 + 8), (share) => Math.round(share * 10));
    lines.push(`${name},"(0, 0, 48, 48)",${counts.join(",")},0,0`);
  }
  expect(ids.length).toBe(count);
  writeFileSync(join(folder, "label.csv"), `${lines.join("\n")}\n`);
}
