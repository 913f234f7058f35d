import { DataError } from "@semblant/core";
import type { DetectOptions } from "@semblant/faces";
import { type Remote, transfer, wrap } from "comlink";
import type { FacesModel, FacesOptions, ReadPicture } from "./faces-shapes.ts";
import type { FacesWorker } from "./faces-worker.ts";

export type { FacesModel, FacesOptions, ReadPicture, RunsOn } from "./faces-shapes.ts";

/** The networks that read faces, in a worker of the page. Made by {@link openFaces}. */
export interface Faces {
  /**
   * The faces of a picture. A bitmap is used up. One picture is read at a time; others wait.
   *
   * @throws DataError if it is no picture that the browser reads, or has too many pixels
   */
  read(picture: Blob | ImageBitmap, options?: DetectOptions): Promise<ReadPicture>;
  model(): Promise<FacesModel>;
  /** Ends the worker. Pictures that wait are not read. */
  close(): void;
}

/**
 * Opens the networks of `@semblant/faces` in a worker of the page. Networks and runtime come from the page's own folders `models` and
 * `runtime`. Nothing is sent anywhere.
 */
export function openFaces(options: FacesOptions = {}): Faces {
  const worker = new Worker(new URL("./faces-worker.ts", import.meta.url), { type: "module", name: "faces" });
  const remote = wrap<FacesWorker>(worker);
  let close = () => worker.terminate();
  const closed = new Promise<never>((_, reject) => {
    close = () => {
      worker.terminate();
      reject(new DataError("faces: expected an open reader, but it was closed."));
    };
    worker.addEventListener("error", (event) =>
      reject(new DataError(`faces: its worker stopped: ${event.message || "it was not loaded"}.`)),
    );
  });
  closed.catch(() => undefined); // said to who waits
  const asked = <T>(answer: Promise<T>) => Promise.race([answer, closed]).catch(inOurWords);
  const opened = asked(remote.open({ ...options, base: options.base ?? pageBase() }));
  opened.catch(() => undefined); // said to who reads
  return {
    async read(picture, detect = {}) {
      await opened;
      return asked(readIn(remote, picture, detect));
    },
    model: () => opened,
    close: () => close(),
  };
}

/** A copy of the page in a folder says where it lies in its base element; else it lies at the root. */
function pageBase(): string {
  return document.querySelector("base") === null ? new URL("/", location.href).href : document.baseURI;
}

function readIn(remote: Remote<FacesWorker>, picture: Blob | ImageBitmap, options: DetectOptions): Promise<ReadPicture> {
  return remote.read(picture instanceof ImageBitmap ? transfer(picture, [picture]) : picture, options);
}

/** An error that crossed from the worker has its name and words left, not its class. */
function inOurWords(error: unknown): never {
  if (error instanceof Error && error.name === "DataError" && !(error instanceof DataError)) throw new DataError(error.message);
  throw error;
}
