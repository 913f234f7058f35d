/**
 * Are faces found and named alike whichever way up their photo is? Portraits turned by every 30 degrees, as the photo commands look
 * (faces are looked for from all sides and righted) and without that (faces are looked for in the photo as it comes).
 *
 *   npm run experiment -- turned-faces --portraits DIR [--every 1]     a folder of portraits; minutes on one core
 *   npm run experiment -- turned-faces --table
 *
 * The largest face of the upright portrait, as the photo commands find it, is the truth. A face counts as found where its middle lies
 * within a quarter of the true side and its side within a factor of 1.5; as righted where its eyes lie within 25 degrees of where the
 * turn has put them. Names count where both photos are named.
 */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Embeddings } from "@semblant/core";
import { alignFace, type DetectedFace, detectAnyWayUp, detectFaces, openExpressionModel, type Picture } from "@semblant/faces";
import sharp from "sharp";
import { commit } from "../bench/commit.ts";
import { parseOptions, refuse } from "../bench/options.ts";
import { machine } from "../bench/result.ts";
import { nodeRuntime } from "../packages/photos/src/models/node-runtime.ts";
import { readModel, readShipped } from "../packages/photos/src/models/read-model.ts";
import { markdownTable } from "./markdown.ts";

const file = resolve(import.meta.dirname, "results/turned-faces.json");
const ways = { "as it comes": detectFaces, "any way up": detectAnyWayUp } as const;
type Way = keyof typeof ways;

interface Measured {
  readonly way: Way;
  readonly angle: number;
  readonly portraits: number;
  readonly found: number;
  readonly righted: number;
  /** Portraits whose face is named here and upright, and of them those with the same name. */
  readonly named: number;
  readonly same: number;
  /** Faces that are said to be turned instead of named. */
  readonly turned: number;
  /** Faces beside the largest. */
  readonly others: number;
}

/** A row for each angle: what is found, righted and named alike, without looking from all sides and with it. */
export function turnedFacesTable(): string {
  const { measured } = JSON.parse(readFileSync(file, "utf8")) as { readonly measured: readonly Measured[] };
  const angles = [...new Set(measured.map(({ angle }) => angle))];
  const at = (way: Way, angle: number) => measured.find((one) => one.way === way && one.angle === angle) as Measured;
  const rows = angles.map((angle) => {
    const [before, after] = [at("as it comes", angle), at("any way up", angle)];
    const names = ({ same, named }: Measured) => `${same} of ${named}`;
    return [`${angle}°`, before.found, before.righted, names(before), after.found, after.righted, names(after), after.turned].map(String);
  });
  return markdownTable(
    ["turned by", "found before", "righted before", "same name before", "found", "righted", "same name", "“turned”"],
    rows,
  );
}

if (import.meta.main) await main();

async function main(): Promise<void> {
  const { values } = parseOptions({
    options: { portraits: { type: "string" }, every: { type: "string", default: "1" }, table: { type: "boolean" } },
  });
  if (values.table !== true) {
    if (values.portraits === undefined) refuse("expected a folder of portraits with --portraits.");
    await measureTurned(values.portraits, Number(values.every));
  }
  console.log(turnedFacesTable());
}

/** Turns the portraits of a folder, or every nth, and keeps what is found in results/. */
export async function measureTurned(folder: string, every: number): Promise<void> {
  const runtime = await nodeRuntime({ threads: 1 });
  const open = async (name: string) => runtime.open(await readShipped(name));
  const networks = {
    detector: await open("face-detector.onnx"),
    keypoints: await open("face-keypoints.onnx"),
    mesh: await open("face-mesh.onnx"),
  };
  const model = await openExpressionModel(await readModel("best"), runtime);
  const names = readdirSync(folder).filter((name) => /\.(jpe?g|png|webp)$/i.test(name));
  const some = names.sort().filter((_, i) => i % every === 0);

  const look = async (picture: Picture, way: Way) => {
    const faces = await ways[way](picture, networks);
    const area = ({ box }: DetectedFace) => box.width * box.height;
    const [face, ...others] = [...faces].sort((a, b) => area(b) - area(a));
    if (face === undefined) return undefined;
    const X = await model.embed(alignFace(picture, face, { size: model.size }));
    const [answer] = model.classify(new Embeddings(X.values, X.columns));
    return { face, others: others.length, picture, name: face.turned ? -1 : (answer?.predicted ?? -1) };
  };
  type Seen = NonNullable<Awaited<ReturnType<typeof look>>>;

  const truth = new Map<string, Seen>();
  for (const name of some) {
    const seen = await look(await turnedBy(join(folder, name), 0), "any way up");
    if (seen !== undefined) truth.set(name, seen);
  }
  const measured: Measured[] = [];
  for (let angle = 0; angle < 360; angle += 30) {
    const count = Object.fromEntries(
      (Object.keys(ways) as Way[]).map((way) => [way, { found: 0, righted: 0, named: 0, same: 0, turned: 0, others: 0 }]),
    ) as Record<Way, { found: number; righted: number; named: number; same: number; turned: number; others: number }>;
    for (const [name, upright] of truth) {
      const picture = await turnedBy(join(folder, name), angle);
      for (const way of Object.keys(ways) as Way[]) {
        const [seen, of] = [await look(picture, way), count[way]];
        if (seen === undefined) continue;
        of.others += seen.others;
        if (isFound(seen, upright, angle)) of.found++;
        if (Math.abs(turnBetween(rollOf(seen.face) - rollOf(upright.face), angle)) < 25) of.righted++;
        if (seen.face.turned) of.turned++;
        if (seen.name < 0 || upright.name < 0) continue;
        of.named++;
        if (seen.name === upright.name) of.same++;
      }
    }
    for (const way of Object.keys(ways) as Way[]) measured.push({ way, angle, portraits: truth.size, ...count[way] });
    console.log(`${angle} degrees: ${JSON.stringify(count)}`);
  }
  writeFileSync(
    file,
    `${JSON.stringify({ experiment: "turned-faces", photos: some.length, measured, machine: machine(), commit: commit() }, null, 2)}\n`,
  );
}

/** A portrait turned clockwise on grey ground, as large as it then is. */
async function turnedBy(path: string, angle: number): Promise<Picture> {
  const { data, info } = await sharp(path)
    .autoOrient()
    .rotate(angle, { background: "#808080" })
    .removeAlpha()
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

interface Placed {
  readonly face: DetectedFace;
  readonly picture: Picture;
}

function isFound({ face, picture }: Placed, upright: Placed, angle: number): boolean {
  const middle = ({ face: { box }, picture: { width, height } }: Placed) => ({
    x: box.x + (box.width - width) / 2,
    y: box.y + (box.height - height) / 2,
  });
  const [cos, sin] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
  const [here, there] = [middle({ face, picture }), middle(upright)];
  const off = Math.hypot(here.x - (cos * there.x - sin * there.y), here.y - (sin * there.x + cos * there.y));
  const side = ({ box }: DetectedFace) => Math.sqrt(box.width * box.height);
  return off < side(upright.face) / 4 && Math.abs(Math.log(side(face) / side(upright.face))) < Math.log(1.5);
}

function rollOf({ landmarks: { leftEye, rightEye } }: DetectedFace): number {
  return (180 * Math.atan2(rightEye.y - leftEye.y, rightEye.x - leftEye.x)) / Math.PI;
}

/** Degrees from one angle to another, −180 to 180. */
function turnBetween(a: number, b: number): number {
  return ((((a - b + 180) % 360) + 360) % 360) - 180;
}
