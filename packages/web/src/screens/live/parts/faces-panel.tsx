import { Distribution, Verdict } from "../../../design/distribution.tsx";
import { UnknownFaceIcon } from "../../../design/icons/signs.tsx";
import { useWords } from "../../../strings/language.ts";
import type { FacesModel } from "../../../work/faces.ts";
import { MapPlace } from "../map/map-place.tsx";
import { lookOf, shownDistribution, type Telling } from "../timeline/looks.ts";
import type { Moment } from "../timeline/moments.ts";
import type { FollowedFace, Recording } from "../timeline/recording.ts";
import { clock } from "./clock.ts";

export interface FacesPanelProps {
  readonly recording: Recording;
  readonly moment: Moment | undefined;
  readonly telling: Telling;
  readonly chosen: number | undefined;
  readonly onChoose: (face: number) => void;
  readonly model: FacesModel;
}

/** A face that was in fewer pictures, and is not in this one, was hardly one. */
const leastPictures = 2;

/** The faces that were followed, and how the chosen one looks at this moment. */
export function FacesPanel({ recording, moment, telling, chosen, onChoose, model }: FacesPanelProps) {
  const { faces } = useWords().live;
  const here = new Set(moment?.sightings.map(({ face }) => face));
  const all = [...recording.faces.values()].filter(({ pictures, id }) => pictures >= leastPictures || here.has(id) || id === chosen);
  const sighting = moment?.sightings.find(({ face }) => face === chosen);
  const followed = chosen === undefined ? undefined : recording.faces.get(chosen);
  const look = sighting && lookOf(sighting, telling);
  return (
    <section className="card live-faces">
      <h2>{faces.title}</h2>
      <ul className="live-face-list">
        {all.map((face) => (
          <li key={face.id}>
            <FaceButton face={face} isChosen={face.id === chosen} onChoose={() => onChoose(face.id)} />
          </li>
        ))}
      </ul>
      <div className="live-look">
        {sighting === undefined || look === undefined ? (
          <p className="soft">{moment?.sightings.length === 0 ? faces.none : faces.away}</p>
        ) : (
          <>
            <Verdict {...look} classes={telling.classes} />
            <Distribution classes={telling.classes} probabilities={Array.from(shownDistribution(sighting, telling))} />
          </>
        )}
      </div>
      {followed !== undefined && <MapPlace face={followed} model={model} />}
    </section>
  );
}

function FaceButton({
  face,
  isChosen,
  onChoose,
}: {
  readonly face: FollowedFace;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}) {
  const { faces } = useWords().live;
  return (
    <button type="button" className="live-face" aria-pressed={isChosen} onClick={onChoose}>
      {face.picture === undefined ? <UnknownFaceIcon /> : <img src={face.picture} alt="" width="48" height="48" />}
      <span>
        <b>{faces.name(String(face.id))}</b>
        <span className="soft numbers">{faces.seen(clock(face.first), clock(face.last))}</span>
      </span>
    </button>
  );
}
