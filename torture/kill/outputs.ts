import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { mustRun, run, start } from "../command.ts";
import type { Stock } from "../stock.ts";
import { faultOf } from "../verdict.ts";
import { endAfter, type KillContext, type KillJob, temporaryFiles, tookUndisturbed, usually } from "./job.ts";

interface Output {
  readonly name: string;
  readonly parts: readonly (keyof Stock)[];
  /** Milliseconds that it takes when left alone, about. */
  readonly usual: number;
  args(context: KillContext, out: string): readonly string[];
  readonly file: string;
  /** Asked of the file where its bytes differ from one time to the next. */
  readonly whole?: (out: string) => readonly string[];
}

const outputs: readonly Output[] = [
  ...["x.npy", "x.parquet", "x.tsv"].map((file) => ({
    name: `embed ${file}`,
    parts: ["run"] as const,
    usual: 2500,
    args: ({ stock }: KillContext, out: string) => ["embed", stock.run, "--out", out, "-t", "1", "-q"],
    file,
  })),
  {
    name: "export",
    parts: ["run"],
    usual: 20_000,
    args: ({ stock }, out) => ["export", stock.run, "--out", out, "-q"],
    file: "model.onnx",
    whole: (out) => ["model", "card", out],
  },
  {
    name: "soft-labels",
    parts: ["run"],
    usual: 3000,
    args: ({ stock }, out) => ["soft-labels", stock.run, "--csv", out, "-t", "1", "-q"],
    file: "soft.csv",
  },
  {
    name: "map",
    parts: ["run"],
    usual: 3000,
    args: ({ stock }, out) => ["map", stock.run, "--out", out, "-t", "1", "-q"],
    file: "map.svg",
  },
  ...["faces.csv", "faces.json"].map((file) => ({
    name: `library export ${file}`,
    parts: ["indexed"] as const,
    usual: 800,
    args: ({ stock }: KillContext, out: string) => ["library", "export", stock.indexed, "--out", out, "-q"],
    file,
  })),
  {
    name: "album --sheet",
    parts: ["indexed"],
    usual: 1500,
    args: ({ stock }, out) => ["album", stock.indexed, "--no-index", "--sheet", out, "-q"],
    file: "album.html",
  },
];

const expected = new Map<string, Promise<Buffer>>();

/** Killed while it writes: its file is whole or absent; done again, it is whole and nothing else is left. */
export const killOutputs: readonly KillJob[] = outputs.map((output) => ({
  name: output.name,
  parts: output.parts,
  async tryOnce(context) {
    const { folder, random, label, stock } = context;
    const out = join(folder, "out", output.file);
    mkdirSync(join(folder, "out"));
    const args = output.args(context, out);
    const first = expected.get(stock.run + output.name) ?? whenLeftAlone(context, output);
    expected.set(stock.run + output.name, first);
    const bytes = await first;

    const running = start(args, { cwd: folder, seconds: 120, label });
    const { left } = await endAfter(running, { signal: "SIGKILL", usual: usually(output.name, output.usual), random, label });
    if (left > 0) return `${left} processes outlived ${output.name}`;
    const torn = await faultOfFile(output, out, bytes, folder);
    if (existsSync(out) && torn !== undefined) return `after a kill ${torn}`;

    const again = await run(args, { cwd: folder, seconds: 120, label });
    tookUndisturbed(output.name, again);
    if (again.status !== 0) return `again after a kill: ${faultOf(again) ?? again.stderr.slice(-300)}`;
    const temporary = temporaryFiles(join(folder, "out"));
    return (
      (await faultOfFile(output, out, bytes, folder)) ?? (temporary.length > 0 ? `files were left: ${temporary.join(", ")}` : undefined)
    );
  },
}));

async function whenLeftAlone(context: KillContext, output: Output): Promise<Buffer> {
  const folder = join(context.folder, "alone");
  mkdirSync(folder);
  const out = join(folder, output.file);
  await mustRun(output.args(context, out), { cwd: folder, seconds: 200 });
  const bytes = readFileSync(out);
  rmSync(folder, { recursive: true });
  return bytes;
}

async function faultOfFile({ name, whole }: Output, out: string, bytes: Buffer, folder: string): Promise<string | undefined> {
  if (!existsSync(out)) return `${name} left no file`;
  if (whole === undefined) return readFileSync(out).equals(bytes) ? undefined : `${name} left a file that is not whole`;
  const ended = await run(whole(out), { cwd: folder });
  return ended.status === 0 ? undefined : `${name} left a file that is refused: ${ended.stderr.slice(0, 200)}`;
}

/** A copy of an indexed folder, with its library. */
export function copyIndexed({ stock, folder }: KillContext): string {
  const photos = join(folder, "photos");
  cpSync(stock.indexed, photos, { recursive: true, preserveTimestamps: true });
  return photos;
}

/** All bytes that lie beside a library. */
export function bytesBeside(photos: string): Buffer {
  const beside = join(photos, ".semblant");
  const files = readdirSync(beside, { recursive: true, encoding: "utf8", withFileTypes: true }).filter((entry) => entry.isFile());
  return Buffer.concat(files.map((entry) => readFileSync(join(entry.parentPath, entry.name))));
}
