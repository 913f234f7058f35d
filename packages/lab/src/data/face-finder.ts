import { readFileSync } from "node:fs";
import { crc32 } from "node:zlib";
import { DataError } from "@semblant/core";
import type { FaceFinder } from "@semblant/datasets";
import { alignFace, detectAnyWayUp, type FaceDetector, mainFace } from "@semblant/faces";
import { greyOf, isFaceAlready, resizePicture, squareOf, warp } from "@semblant/faces/internals";
import { type Photo, readPhoto, version } from "@semblant/photos";
import { finders, nodeRuntime, pathOfShipped, readShipped } from "@semblant/photos/internals";

/** Raised whenever other faces are found, or they are cut otherwise: those that were kept are found again then. */
const way = 2;

/** A finder of faces that holds networks. */
export interface OpenedFaceFinder extends FaceFinder {
  close(): Promise<void>;
}

/**
 * What finds and aligns the faces of a data set as the photo commands do, so that a picture is named alike by both. Its networks are opened
 * when the first face is looked for. It is handed to `readDataset` and `openData` of `@semblant/training`.
 *
 * @param progress is told how many pictures of how many have been looked at
 *
 * @example
 * const finder = openFaceFinder();
 * finder.version.startsWith("semblant "); // true
 * await finder.close();
 */
export function openFaceFinder(progress: (done: number, total: number) => void = () => {}): OpenedFaceFinder {
  let networks: Promise<FaceDetector> | undefined;
  let known: string | undefined;
  return {
    get version() {
      known ??= versionNow();
      return known;
    },
    progress,
    async cut(bytes, { width, height, channels, remark }) {
      const picture = await pictureOf(bytes);
      if (picture.remark !== undefined) remark?.(picture.remark);
      if (isFaceAlready(picture)) {
        const whole = resizePicture(picture, { width, height }).data;
        return channels === 1 ? greyOf(whole) : Uint8Array.from(whole);
      }
      networks ??= openNetworks();
      const face = mainFace(await detectAnyWayUp(picture, await networks), picture);
      if (face === undefined) return undefined;
      return channels === 1 ? alignFace(picture, face, { size: width }) : warp(picture, squareOf(face), width);
    },
    async close() {
      const opened = await networks;
      networks = undefined;
      if (opened !== undefined) await Promise.all([opened.detector.close(), opened.keypoints.close(), opened.mesh?.close()]);
    },
  };
}

async function openNetworks(): Promise<FaceDetector> {
  const runtime = await nodeRuntime();
  const open = async (name: string) => runtime.open(await readShipped(name));
  return { detector: await open(finders.detector), keypoints: await open(finders.keypoints), mesh: await open(finders.mesh) };
}

/** What a file of a data set is; what is wrong with it begins with a small letter, as training says it. */
async function pictureOf(bytes: Uint8Array): Promise<Photo> {
  try {
    return await readPhoto(bytes);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    throw new DataError(error.message.replace(/^photo: /, ""), { cause: error });
  }
}

/** The program, its networks and its way of cutting. */
function versionNow(): string {
  const sums = [finders.detector, finders.keypoints, finders.mesh].map((name) => crc32(readFileSync(pathOfShipped(name))).toString(16));
  return `semblant ${version}, way ${way}, ${sums.join(" ")}`;
}
