import { useEffect, useRef, useState } from "react";
import { Button } from "../../design/button.tsx";
import { Dialog } from "../../design/dialog.tsx";
import { useWords } from "../../strings/language.ts";

export interface CameraProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onTaken: (picture: Blob) => void;
}

/** Takes one picture with the camera; the camera is off again as soon as the window closes. */
export function Camera({ isOpen, onClose, onTaken }: CameraProps) {
  const { search } = useWords();
  const [failed, setFailed] = useState<keyof typeof search.camera.failed>();
  const [isReady, setReady] = useState(false);
  const video = useRef<HTMLVideoElement>(null);

  useEffect(() => {
    if (!isOpen) return;
    setFailed(undefined);
    setReady(false);
    let over = false;
    let stream: MediaStream | undefined;
    const stop = () => {
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    const camera = navigator.mediaDevices?.getUserMedia({ video: { facingMode: "user" }, audio: false });
    if (camera === undefined) setFailed("none");
    camera?.then(
      async (given) => {
        stream = given;
        if (over || video.current === null) return stop();
        video.current.srcObject = given;
        await video.current.play();
        setReady(true);
      },
      (error: unknown) => !over && setFailed(whyNot(error)),
    );
    return () => {
      over = true;
      stop();
    };
  }, [isOpen]);

  const take = async () => {
    const shown = video.current;
    if (shown === null) return;
    const canvas = new OffscreenCanvas(shown.videoWidth, shown.videoHeight);
    canvas.getContext("2d")?.drawImage(shown, 0, 0);
    onTaken(await canvas.convertToBlob({ type: "image/png" }));
    onClose();
  };

  const actions = (
    <>
      <Button onPress={onClose}>{search.camera.cancel}</Button>
      <Button kind="primary" isDisabled={!isReady} onPress={() => void take()}>
        {search.camera.take}
      </Button>
    </>
  );
  return (
    <Dialog title={search.camera.title} isOpen={isOpen} onClose={onClose} actions={actions}>
      {failed === undefined ? (
        <video ref={video} className="search-camera" muted playsInline aria-label={search.camera.picture} />
      ) : (
        <p role="alert">{search.camera.failed[failed]}</p>
      )}
      <p className="soft">{search.camera.note}</p>
    </Dialog>
  );
}

function whyNot(error: unknown): "refused" | "none" | "busy" {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "refused";
  return name === "NotFoundError" || name === "OverconstrainedError" ? "none" : "busy";
}
