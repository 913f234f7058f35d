import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useWords } from "../../strings/language.ts";
import { Controls } from "./parts/controls.tsx";
import { DropVideo } from "./parts/drop-video.tsx";
import { FacesPanel } from "./parts/faces-panel.tsx";
import { LiveNotice } from "./parts/notice.tsx";
import { LiveProblem } from "./parts/problem.tsx";
import { Stage } from "./parts/stage.tsx";
import { Start } from "./parts/start.tsx";
import { TimelineCard } from "./parts/timeline-card.tsx";
import { useShownTime } from "./parts/use-shown-time.ts";
import { type ModelChoice, Session } from "./session/session.ts";
import type { Telling } from "./timeline/looks.ts";
import { momentAt } from "./timeline/moments.ts";
import "./live.css";

/** A file is shown with what was read within so many milliseconds of the picture. */
const near = 250;

/** A camera or a video: how the faces in it look, picture by picture and over time. All of it happens in the page. */
export default function LiveScreen() {
  const words = useWords();
  const video = useRef<HTMLVideoElement>(null);
  const [session] = useState(() => new Session());
  const state = useSyncExternalStore(session.subscribe, session.state);
  const [which, setWhich] = useState<ModelChoice>("best");
  const [steady, setSteady] = useState(true);
  const [mirrored, setMirrored] = useState(true);
  const [chosen, setChosen] = useState<number | undefined>(undefined);
  const [place, setPlace] = useState<number | undefined>(undefined); // in the timeline of a camera that is off
  const time = useShownTime(video, state.source === "file");

  useEffect(() => {
    const element = video.current;
    return () => void (element && session.close(element));
  }, [session]);

  const { source, recording, model } = state;
  const telling: Telling = { classes: model?.classes ?? [], posterior: model?.card.thresholds.posterior ?? 1, steady };
  const shownTime = source === "file" ? time : source === "camera" ? state.now?.time : (place ?? recording.moments.at(-1)?.time);
  const moment = shownTime === undefined ? undefined : source === "camera" ? state.now : momentAt(recording.moments, shownTime, near);
  const face = chosen !== undefined && recording.faces.has(chosen) ? chosen : foremost(recording.faces.keys(), moment?.sightings);
  const openFile = (file: File) => video.current && void session.file(video.current, file);
  const openCamera = (id?: string) => video.current && void session.camera(video.current, id);
  const choose = (to: ModelChoice) => {
    setWhich(to);
    session.choose(to);
  };
  const goTo = (to: number) => {
    if (source === "file" && video.current !== null) video.current.currentTime = to / 1000;
    else setPlace(to);
  };

  return (
    <DropVideo onFile={openFile}>
      <div className="screen live">
        <header className="screen-head">
          <h1>{words.live.title}</h1>
          <p className="soft">{words.live.lead}</p>
        </header>
        <LiveNotice short={source !== "none"} />
        {state.problem !== undefined && <LiveProblem problem={state.problem} />}
        {source === "none" && <Start which={which} onWhich={choose} onCamera={() => openCamera()} onFile={openFile} />}
        <div className="live-body">
          <div className="live-now" hidden={source === "none"}>
            <Stage
              video={video}
              state={state}
              sightings={moment?.sightings ?? []}
              telling={telling}
              mirrored={mirrored && source === "camera"}
              chosen={face}
              onChoose={setChosen}
            />
            <Controls
              video={video}
              session={session}
              state={state}
              steady={steady}
              onSteady={setSteady}
              mirrored={mirrored}
              onMirrored={setMirrored}
              onCamera={openCamera}
            />
          </div>
          {recording.faces.size > 0 && model !== undefined && (
            <FacesPanel recording={recording} moment={moment} telling={telling} chosen={face} onChoose={setChosen} model={model} />
          )}
        </div>
        {recording.faces.size > 0 && (
          <TimelineCard
            state={state}
            telling={telling}
            face={face}
            time={shownTime ?? 0}
            onTime={goTo}
            onClear={source === "none" ? () => session.clear() : undefined}
          />
        )}
      </div>
    </DropVideo>
  );
}

/** The face that is shown while none was chosen: the first of the picture, else that which came last. */
function foremost(ids: Iterable<number>, sightings: readonly { readonly face: number }[] | undefined): number | undefined {
  return sightings?.[0]?.face ?? [...ids].at(-1);
}
