import { type RefObject, useEffect, useState } from "react";
import { Button } from "../../../design/button.tsx";
import { CloseIcon, PauseIcon, PlayIcon, StopIcon } from "../../../design/icons/signs.tsx";
import { Progress } from "../../../design/progress.tsx";
import { Select } from "../../../design/select.tsx";
import { Switch } from "../../../design/switches.tsx";
import { useLanguage, useWords } from "../../../strings/language.ts";
import { percent } from "../../../strings/numbers.ts";
import type { Session, SessionState } from "../session/session.ts";
import { type Camera, cameras } from "../source/camera.ts";
import { useIsPaused } from "./use-shown-time.ts";

export interface ControlsProps {
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly session: Session;
  readonly state: SessionState;
  readonly steady: boolean;
  readonly onSteady: (steady: boolean) => void;
  readonly mirrored: boolean;
  readonly onMirrored: (mirrored: boolean) => void;
  readonly onCamera: (id: string) => void;
}

/** What can be done with the camera or the video. */
export function Controls({ video, session, state, steady, onSteady, mirrored, onMirrored, onCamera }: ControlsProps) {
  const { controls, paused: pausedWords } = useWords().live;
  const { language } = useLanguage();
  const paused = useIsPaused(video);
  const { source, through } = state;
  const isCamera = source === "camera";
  const element = () => video.current as HTMLVideoElement;
  const toggle = () => void (paused ? element().play() : element().pause());
  if (through !== undefined) {
    return (
      <div className="live-controls">
        <div className="live-through">
          <Progress label={controls.reading} value={through} valueText={percent(through, language)} />
        </div>
        <Button icon={<StopIcon />} onPress={() => session.stopReadingAll()}>
          {controls.stopReading}
        </Button>
      </div>
    );
  }
  return (
    <div className="live-controls">
      {source !== "opening" && (
        <Button kind="primary" icon={paused ? <PlayIcon /> : <PauseIcon />} onPress={toggle}>
          {paused ? (isCamera ? controls.goOn : controls.play) : controls.pause}
        </Button>
      )}
      {source === "file" && <Button onPress={() => void session.readAll(element())}>{controls.readAll}</Button>}
      <Button icon={isCamera ? <StopIcon /> : <CloseIcon />} onPress={() => session.stop(element())}>
        {source === "file" ? controls.closeVideo : controls.cameraOff}
      </Button>
      {isCamera && paused && <span className="soft">{pausedWords}</span>}
      <div className="row push">
        <Switch isSelected={steady} onChange={onSteady}>
          {controls.steady}
        </Switch>
        {isCamera && (
          <Switch isSelected={mirrored} onChange={onMirrored}>
            {controls.mirror}
          </Switch>
        )}
        {isCamera && <OtherCamera video={video} onCamera={onCamera} />}
      </div>
    </div>
  );
}

/** Where there are several cameras: which one. */
function OtherCamera({ video, onCamera }: Pick<ControlsProps, "video" | "onCamera">) {
  const { controls } = useWords().live;
  const [known, setKnown] = useState<readonly Camera[]>([]);
  useEffect(() => {
    let over = false;
    void cameras().then((found) => {
      if (!over) setKnown(found);
    });
    return () => {
      over = true;
    };
  }, []);
  if (known.length < 2) return undefined;
  const stream = video.current?.srcObject as MediaStream | null;
  const current = stream?.getVideoTracks()[0]?.getSettings().deviceId ?? known[0]?.id ?? "";
  return <Select label={controls.camera} options={known} value={current} onChange={onCamera} inLine />;
}
