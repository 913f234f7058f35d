import type { RefObject } from "react";
import { styleOf } from "../../../design/class-styles.ts";
import { ClassMark } from "../../../design/classes.tsx";
import { useLanguage, useWords } from "../../../strings/language.ts";
import { percent } from "../../../strings/numbers.ts";
import type { SessionState } from "../session/session.ts";
import { lookOf, type Telling } from "../timeline/looks.ts";
import type { Place, Sighting } from "../timeline/moments.ts";

export interface StageProps {
  readonly video: RefObject<HTMLVideoElement | null>;
  readonly state: SessionState;
  readonly sightings: readonly Sighting[];
  readonly telling: Telling;
  readonly mirrored: boolean;
  readonly chosen: number | undefined;
  readonly onChoose: (face: number) => void;
}

/** The picture, with a frame and words around each face. */
export function Stage({ video, state, sightings, telling, mirrored, chosen, onChoose }: StageProps) {
  const { live } = useWords();
  const waits = state.source === "opening" ? live.opening : state.model === undefined ? live.loading : undefined;
  const { rate } = state;
  return (
    <section className="live-stage" aria-label={live.video}>
      <div className="live-picture">
        <video ref={video} className={mirrored ? "mirrored" : ""} playsInline muted disablePictureInPicture />
        <div className="live-boxes">
          {sightings.map((sighting) => (
            <FaceBox
              key={sighting.face}
              sighting={sighting}
              telling={telling}
              place={mirrored ? turned(sighting.place) : sighting.place}
              isChosen={sighting.face === chosen}
              onChoose={() => onChoose(sighting.face)}
            />
          ))}
        </div>
      </div>
      <div className="live-signs">
        <span role="status">
          {state.source === "camera" && <i className="live-light" />}
          {waits ?? (state.source === "camera" ? live.cameraOn : state.name)}
        </span>
        {rate !== undefined && <Rate rate={rate} />}
      </div>
    </section>
  );
}

function Rate({ rate }: { readonly rate: number }) {
  const { live } = useWords();
  const { language } = useLanguage();
  const digits = rate < 3 ? 1 : 0;
  const shown = new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(rate);
  return <span className="live-rate numbers">{live.rate(shown)}</span>;
}

interface FaceBoxProps {
  readonly sighting: Sighting;
  readonly telling: Telling;
  readonly place: Place;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function FaceBox({ sighting, telling, place, isChosen, onChoose }: FaceBoxProps) {
  const words = useWords();
  const { language } = useLanguage();
  const { expression, probability, verdict } = lookOf(sighting, telling);
  const named = verdict === "named";
  const { verdicts } = words.design;
  const said = named ? words.look(expression) : verdict === "unsure" ? verdicts.unsure : verdicts.none;
  const share = (part: number) => `${100 * part}%`;
  const middle = place.x + place.width / 2;
  const sides = `${place.y < 0.12 ? "under" : ""} ${middle > 0.75 ? "to-left" : middle < 0.25 ? "to-right" : ""}`;
  return (
    <button
      type="button"
      className={`live-box ${sides}`}
      data-chosen={isChosen || undefined}
      aria-pressed={isChosen}
      style={{
        left: share(place.x),
        top: share(place.y),
        width: share(place.width),
        height: share(place.height),
        ...(named && { borderColor: styleOf(expression, telling.classes).color }),
      }}
      onClick={onChoose}
    >
      <span className="live-said">
        {named && <ClassMark name={expression} classes={telling.classes} />}
        <span className="only-read">{words.live.faces.name(String(sighting.face))}: </span>
        {said}
        {named && <span className="live-percent">{percent(probability, language)}</span>}
      </span>
    </button>
  );
}

/** Where it is in a mirror. */
function turned(place: Place): Place {
  return { ...place, x: 1 - place.x - place.width };
}
