import { type Faces, type FacesModel, openFaces, type ReadPicture } from "../../../work/faces.ts";
import { CameraError, closeCamera, openCamera } from "../source/camera.ts";
import { facePicture } from "../source/face-picture.ts";
import { type Reading, readNow, readShown, readThrough } from "../source/frames.ts";
import { Rate } from "../source/rate.ts";
import { closeVideo, openVideo, seek } from "../source/video-file.ts";
import type { Extent } from "../timeline/csv.ts";
import type { Moment } from "../timeline/moments.ts";
import { Recording } from "../timeline/recording.ts";

/** What the screen shows of a session. Each change is a new object. */
export interface SessionState {
  readonly source: "none" | "opening" | "camera" | "file";
  /** Of the file that was read last. */
  readonly name?: string | undefined;
  /** Seconds that it lasts. */
  readonly length?: number | undefined;
  readonly model?: FacesModel | undefined;
  readonly problem?: unknown;
  /** The share of the video that was read, while it is read through. */
  readonly through?: number | undefined;
  /** Pictures read in a second. */
  readonly rate?: number | undefined;
  readonly recording: Recording;
  /** Of the pictures, in pixels. */
  readonly extent?: Extent | undefined;
  /** What was read last. */
  readonly now?: Moment | undefined;
  /** Counts what was read, since the recording grows in place. */
  readonly read: number;
}

/** The best model, or the one that is faster and names fewer faces rightly. */
export type ModelChoice = "best" | "small";

/** Milliseconds between the pictures of a video that is read through. */
const step = 200;

const nothing = { name: undefined, length: undefined, problem: undefined, through: undefined, rate: undefined, now: undefined, read: 0 };

/** A camera or a video file, read picture by picture in the page. */
export class Session {
  #state: SessionState = { source: "none", recording: new Recording(), read: 0 };
  readonly #listeners = new Set<() => void>();
  #faces: Faces | undefined;
  #which: ModelChoice = "best";
  #stream: MediaStream | undefined;
  #stop = new AbortController();
  #through: AbortController | undefined;
  readonly #rate = new Rate();

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };
  readonly state = () => this.#state;

  /** Which model reads from the next camera or video on. */
  choose(which: ModelChoice): void {
    if (which === this.#which) return;
    this.#which = which;
    this.#faces?.close();
    this.#faces = undefined;
  }

  /** Switches a camera on: the one of this id, or the usual one. */
  camera(video: HTMLVideoElement, id?: string): Promise<void> {
    return this.#open(video, async (signal) => {
      const stream = await openCamera(id);
      if (signal.aborted) {
        closeCamera(stream);
        return { source: "none" };
      }
      this.#stream = stream;
      for (const track of stream.getTracks()) track.addEventListener("ended", () => this.#fail(video, new CameraError("gone")));
      video.srcObject = stream;
      await video.play();
      return { source: "camera" };
    });
  }

  /** Opens a video file. */
  file(video: HTMLVideoElement, file: File): Promise<void> {
    return this.#open(video, async () => {
      await openVideo(video, file);
      return { source: "file", name: file.name, length: video.duration };
    });
  }

  /** Reads the whole file, faster than it plays where the machine can. */
  async readAll(video: HTMLVideoElement): Promise<void> {
    const through = new AbortController();
    this.#through = through;
    const stopped = AbortSignal.any([through.signal, this.#stop.signal]);
    video.pause();
    const before = video.currentTime;
    this.#change({ through: 0, problem: undefined });
    try {
      const reading = { ...this.#reading(video), signal: stopped, wanted: this.#unread };
      for await (const share of readThrough(video, step, reading)) this.#change({ through: share });
      if (!this.#stop.signal.aborted) await seek(video, before);
    } catch (problem) {
      if (!stopped.aborted) this.#change({ problem });
    } finally {
      this.#through = undefined;
      this.#change({ through: undefined, rate: undefined });
    }
  }

  stopReadingAll(): void {
    this.#through?.abort();
  }

  /** Switches the camera off, or lets go of the file. What was read stays. */
  stop(video: HTMLVideoElement): void {
    this.#leave(video);
    this.#change({ source: "none", rate: undefined, now: undefined, through: undefined });
  }

  /** Forgets what was read. */
  clear(): void {
    this.#change({ ...nothing, recording: new Recording() });
  }

  /** Ends all: the screen is left. */
  close(video: HTMLVideoElement): void {
    this.#leave(video);
    this.#faces?.close();
    this.#faces = undefined;
  }

  async #open(video: HTMLVideoElement, source: (signal: AbortSignal) => Promise<Partial<SessionState>>): Promise<void> {
    this.#leave(video);
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const loaded = this.#faces === undefined ? { model: undefined } : {};
    this.#change({ ...nothing, ...loaded, source: "opening", recording: new Recording() });
    try {
      this.#faces ??= openFaces({ model: this.#which });
      const opened = await source(signal);
      if (signal.aborted) return;
      this.#change(opened);
      const model = await this.#faces.model();
      if (signal.aborted) return;
      this.#change({ model });
      const reading = this.#reading(video);
      if (opened.source === "file") await readNow(video, reading);
      await readShown(video, reading);
    } catch (problem) {
      if (!signal.aborted) this.#fail(video, problem);
    }
  }

  readonly #unread = (time: number) => !this.#state.recording.isRead(time);

  /** How what the element shows is read. While a file is read through, that alone reads. */
  #reading(video: HTMLVideoElement): Reading {
    const wanted = (time: number) => this.#through === undefined && this.#unread(time);
    return { faces: this.#faces as Faces, signal: this.#stop.signal, wanted, read: (picture, time) => this.#read(video, picture, time) };
  }

  #read(video: HTMLVideoElement, picture: ReadPicture, time: number): void {
    const { recording, read } = this.#state;
    const now = recording.add(picture, time);
    for (const { face, place } of now.sightings) {
      if (recording.faces.get(face)?.picture !== undefined) continue;
      const address = facePicture(video, place);
      if (address !== undefined) recording.picture(face, address);
    }
    const extent = { width: video.videoWidth, height: video.videoHeight };
    this.#change({ now, extent, read: read + 1, rate: this.#rate.note(performance.now()) });
  }

  #fail(video: HTMLVideoElement, problem: unknown): void {
    this.stop(video);
    if (this.#faces !== undefined && this.#state.model === undefined) {
      this.#faces.close(); // it may be the networks that failed: they are opened anew the next time
      this.#faces = undefined;
    }
    this.#change({ problem });
  }

  #leave(video: HTMLVideoElement): void {
    this.#stop.abort();
    this.#through?.abort();
    this.#rate.clear();
    if (this.#stream !== undefined) closeCamera(this.#stream);
    this.#stream = undefined;
    video.srcObject = null;
    closeVideo(video);
  }

  #change(change: Partial<SessionState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
