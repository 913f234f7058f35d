/** A file that the browser cannot play; the screen has the words. */
export class VideoError extends Error {
  readonly file: string;
  constructor(file: string) {
    super(`video: ${file}`);
    this.file = file;
  }
}

/**
 * Opens a video file in an element, at its start. Returns when its size and length are known.
 *
 * @throws VideoError if the browser cannot play it, or it has no picture
 */
export async function openVideo(video: HTMLVideoElement, file: File): Promise<void> {
  const address = URL.createObjectURL(file);
  try {
    const opened = once(video, "loadeddata");
    video.src = address;
    await opened;
    if (video.videoWidth === 0) throw new VideoError(file.name);
    if (!Number.isFinite(video.duration)) await findLength(video);
  } catch (error) {
    closeVideo(video);
    throw error instanceof VideoError ? error : new VideoError(file.name);
  }
}

/** Lets go of the file. */
export function closeVideo(video: HTMLVideoElement): void {
  const { src } = video;
  video.pause();
  video.removeAttribute("src");
  video.load();
  if (src.startsWith("blob:")) URL.revokeObjectURL(src);
}

/** A recording that was written while it was made does not say how long it is: its end is looked for. */
async function findLength(video: HTMLVideoElement): Promise<void> {
  const known = once(video, "durationchange", () => Number.isFinite(video.duration));
  video.currentTime = Number.MAX_SAFE_INTEGER;
  await known;
  await seek(video, 0);
}

/** Goes to a time, in seconds. Returns when the picture of it is there. */
export async function seek(video: HTMLVideoElement, time: number): Promise<void> {
  const there = once(video, "seeked");
  video.currentTime = time;
  await there;
}

/** Waits for an event of the element. Rejects if it fails instead. */
function once(video: HTMLVideoElement, name: string, holds: () => boolean = () => true): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = new AbortController();
    const { signal } = stop;
    video.addEventListener(
      name,
      () => {
        if (!holds()) return;
        stop.abort();
        resolve();
      },
      { signal },
    );
    for (const failure of ["error", "emptied"]) {
      video.addEventListener(
        failure,
        () => {
          if (failure === "emptied" && video.networkState !== HTMLMediaElement.NETWORK_EMPTY) return; // another file begins
          stop.abort();
          reject(new Error(`video: ${failure}`));
        },
        { signal },
      );
    }
  });
}
