/** Why a camera gives no picture. */
export type CameraTrouble = "refused" | "none" | "busy" | "insecure" | "gone";

/** A camera that gives no picture; the screen has the words. */
export class CameraError extends Error {
  readonly trouble: CameraTrouble;
  constructor(trouble: CameraTrouble, cause?: unknown) {
    super(`camera: ${trouble}`, { cause });
    this.trouble = trouble;
  }
}

const troubles: Readonly<Record<string, CameraTrouble>> = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotFoundError: "none",
  OverconstrainedError: "none",
  NotReadableError: "busy",
  AbortError: "busy",
};

/**
 * Switches a camera on: the one of this id, or that which looks at the person.
 *
 * @throws CameraError if the browser, the person or the machine gives none
 */
export async function openCamera(id?: string): Promise<MediaStream> {
  const { mediaDevices } = navigator as { mediaDevices?: MediaDevices };
  if (mediaDevices?.getUserMedia === undefined) throw new CameraError("insecure");
  const which = id === undefined ? { facingMode: "user" } : { deviceId: { exact: id } };
  const wanted = { ...which, width: { ideal: 1280 }, height: { ideal: 720 } };
  return mediaDevices.getUserMedia({ video: wanted, audio: false }).catch((cause: DOMException) => {
    throw new CameraError(troubles[cause.name] ?? "busy", cause);
  });
}

/** Switches it off: its light goes out. */
export function closeCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

export interface Camera {
  readonly id: string;
  readonly name: string;
}

/** The cameras of this machine; their names are known once one is on. */
export async function cameras(): Promise<readonly Camera[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices
    .filter(({ kind, deviceId }) => kind === "videoinput" && deviceId !== "")
    .map(({ deviceId, label }) => ({ id: deviceId, name: label }));
}
