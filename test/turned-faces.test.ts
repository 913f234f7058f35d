import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { type DetectedFace, detectAnyWayUp, detectFaces, type FaceDetector, intersectionOverUnion, type Picture } from "@semblant/faces";
import { alongOf, quarterOfFace, squareOf, turnPicture } from "@semblant/faces/internals";
import { readPhoto } from "@semblant/photos";
import { beforeAll, describe, expect, it } from "vitest";
import { nodeRuntime } from "../packages/photos/src/models/node-runtime.ts";
import { readShipped } from "../packages/photos/src/models/read-model.ts";

const portraits = resolve(import.meta.dirname, "../../shared/photos/portraits-cc0");

describe("the square of a face that stands on its side or head", () => {
  it.each([0, 1, 2, 3] as const)("is turned with it, and as large: %i", (quarter) => {
    const right = alongOf(quarter);
    const down = { x: -right.y, y: right.x };
    const at = (u: number, v: number) => ({ x: 100 + u * right.x + v * down.x, y: 100 + u * right.y + v * down.y });
    const [wide, high] = quarter % 2 === 0 ? [60, 80] : [80, 60];
    const face: DetectedFace = {
      box: { x: 100 - wide / 2, y: 100 - high / 2, width: wide, height: high },
      score: 1,
      landmarks: { leftEye: at(-15, -10), rightEye: at(15, -10), nose: at(0, 5), mouth: at(0, 20) },
      landmarksFound: true,
    };
    const square = squareOf(face);
    expect(Math.hypot(square.right.x, square.right.y)).toBeCloseTo(78.867, 2);
    expect(square.right.x * right.x + square.right.y * right.y).toBeGreaterThan(70);
    const unfound = squareOf({ ...face, landmarksFound: false });
    expect(unfound.right.x * right.x + unfound.right.y * right.y).toBeCloseTo(0.97 * 80, 6);
  });
});

describe.skipIf(!existsSync(portraits))("portraits that stand on their sides and heads (skipped without shared/photos)", () => {
  let networks: FaceDetector;
  const pictures: Picture[] = [];
  beforeAll(async () => {
    const runtime = await nodeRuntime({ threads: 1 });
    const open = async (name: string) => runtime.open(await readShipped(name));
    networks = {
      detector: await open("face-detector.onnx"),
      keypoints: await open("face-keypoints.onnx"),
      mesh: await open("face-mesh.onnx"),
    };
    const names = readdirSync(portraits).filter((name) => name.endsWith(".jpg"));
    for (const name of names.filter((_, i) => i % 6 === 0)) pictures.push(await readPhoto(join(portraits, name)));
  }, 60_000);

  it("are found where they are, and righted", async () => {
    let [all, found, righted] = [0, 0, 0];
    for (const picture of pictures) {
      const [upright] = await detectAnyWayUp(picture, networks);
      if (upright === undefined) continue;
      for (const quarter of [1, 2, 3] as const) {
        const turned = turnPicture(picture, quarter);
        const faces = await detectAnyWayUp(turned, networks);
        // Turned by as much as is left of a whole turn, the picture is as it came.
        const back = (4 - quarter) as 1 | 2 | 3;
        all++;
        const { x, y, width, height } = upright.box;
        const { width: wide, height: high } = picture;
        const box = {
          1: { x: high - y - height, y: x, width: height, height: width },
          2: { x: wide - x - width, y: high - y - height, width, height },
          3: { x: y, y: wide - x - width, width: height, height: width },
        }[quarter];
        const same = faces.find((face) => intersectionOverUnion(face.box, box) > 0.5);
        if (same !== undefined) found++;
        if (same !== undefined && quarterOfFace(same) === back) righted++;
      }
    }
    // Measured: every one of 51 is found and righted.
    expect(found / all).toBeGreaterThanOrEqual(0.94);
    expect(righted / all).toBeGreaterThanOrEqual(0.94);
  }, 120_000);

  it("are found as before where they are upright", async () => {
    for (const picture of pictures) {
      const [before, after] = [await detectFaces(picture, networks), await detectAnyWayUp(picture, networks)];
      expect(after.filter(({ turned }) => !turned).map(({ box }) => box)).toEqual(before.map(({ box }) => box));
    }
  }, 120_000);
});
