import type { Faces, ReadPicture } from "../../../work/faces.ts";
import { seek } from "./video-file.ts";

/** Pixels of the longer side that faces are cut out of, and that are looked at to find them. */
const cutFrom = 960;
const lookedAt = 480;

/** What to do with pictures of a video. */
export interface Reading {
  readonly faces: Pick<Faces, "read">;
  readonly signal: AbortSignal;
  /** Whether a picture of this time, in milliseconds, is to be read. */
  readonly wanted: (time: number) => boolean;
  readonly read: (picture: ReadPicture, time: number) => void;
}

/**
 * Reads each picture that the element shows, as fast as the networks can. Pictures that come meanwhile are passed over. It goes on until
 * it is stopped; while the video stands, it waits.
 */
export async function readShown(video: HTMLVideoElement, { faces, signal, wanted, read }: Reading): Promise<void> {
  while (!signal.aborted) {
    const time = await nextPicture(video, signal);
    if (time === undefined || !wanted(time)) continue;
    const picture = await faces.read(await pictureOf(video), { longest: lookedAt });
    if (!signal.aborted) read(picture, time);
  }
}

/** Reads what the element shows now. */
export async function readNow(video: HTMLVideoElement, { faces, signal, wanted, read }: Reading): Promise<void> {
  const time = video.currentTime * 1000;
  if (!wanted(time)) return;
  const picture = await faces.read(await pictureOf(video), { longest: lookedAt });
  if (!signal.aborted) read(picture, time);
}

/**
 * Reads a video from its start to its end, in steps, by seeking: as fast as the networks can, however fast it would play.
 *
 * @param every milliseconds between pictures
 */
export async function* readThrough(video: HTMLVideoElement, every: number, reading: Reading): AsyncGenerator<number> {
  const { signal, wanted } = reading;
  const end = video.duration * 1000;
  for (let time = 0; time < end && !signal.aborted; time += every) {
    if (wanted(time)) {
      await seek(video, time / 1000);
      await readNow(video, reading);
    }
    if (!signal.aborted) yield Math.min(1, (time + every) / end);
  }
}

/** What the element shows now, no larger than is needed. */
function pictureOf(video: HTMLVideoElement): Promise<ImageBitmap> {
  const { videoWidth, videoHeight } = video;
  const scale = Math.min(1, cutFrom / Math.max(videoWidth, videoHeight));
  const [resizeWidth, resizeHeight] = [videoWidth, videoHeight].map((side) => Math.max(1, Math.round(side * scale))) as [number, number];
  return createImageBitmap(video, { resizeWidth, resizeHeight, resizeQuality: "medium" });
}

/** Waits for the next picture. Returns its time in the video, in milliseconds; undefined if it was stopped. */
function nextPicture(video: HTMLVideoElement, signal: AbortSignal): Promise<number | undefined> {
  return new Promise((resolve) => {
    const stop = () => {
      video.cancelVideoFrameCallback(handle);
      resolve(undefined);
    };
    const handle = video.requestVideoFrameCallback((_, { mediaTime }) => {
      signal.removeEventListener("abort", stop);
      resolve(mediaTime * 1000);
    });
    signal.addEventListener("abort", stop, { once: true });
  });
}
