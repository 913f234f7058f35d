import { type RefObject, useEffect, useRef, useState } from "react";
import { LinkButton, Toggle } from "../../../design/button.tsx";
import { MapIcon } from "../../../design/icons/screens.tsx";
import { Problem, Waiting } from "../../../design/states.tsx";
import { useLanguage, useWords } from "../../../strings/language.ts";
import { count } from "../../../strings/numbers.ts";
import type { FacesModel } from "../../../work/faces.ts";
import type { FollowedFace } from "../timeline/recording.ts";
import { drawPoints, projected } from "./draw-points.ts";
import { type LibraryMap, openLibraryMap } from "./library-map.ts";

export interface MapPlaceProps {
  readonly face: FollowedFace;
  readonly model: FacesModel;
}

/** Where a face falls on the map of the library, if it has one. The map is fetched when it is asked for. */
export function MapPlace({ face, model }: MapPlaceProps) {
  const { map } = useWords().live;
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="live-map">
      <Toggle icon={<MapIcon />} isSelected={isOpen} onChange={setOpen}>
        {map.show}
      </Toggle>
      {isOpen && <OpenMap face={face} model={model} />}
    </div>
  );
}

function OpenMap({ face, model }: MapPlaceProps) {
  const { map } = useWords().live;
  const [opened, setOpened] = useState<LibraryMap | undefined>(undefined);
  const [problem, setProblem] = useState<unknown>(undefined);
  const { name, version } = model.card;
  useEffect(() => {
    let over = false;
    const opening = openLibraryMap(`${name} ${version}`);
    opening.then((library) => !over && setOpened(library)).catch((error: unknown) => !over && setProblem(error));
    return () => {
      over = true;
      opening.then(({ places }) => places.close()).catch(() => undefined); // said already
    };
  }, [name, version]);
  if (problem !== undefined) return <Problem error={problem} />;
  if (opened === undefined) return <Waiting />;
  if (opened.trouble !== undefined) {
    return (
      <p className="row soft">
        {opened.trouble === "none" ? map.none : map.other}
        <LinkButton href="/map">{map.make}</LinkButton>
      </p>
    );
  }
  return <PlaceOnMap face={face} library={opened} classes={model.classes} />;
}

interface PlaceProps {
  readonly face: FollowedFace;
  readonly library: LibraryMap;
  readonly classes: readonly string[];
}

function PlaceOnMap({ face, library, classes }: PlaceProps) {
  const { map } = useWords().live;
  const { language } = useLanguage();
  const canvas = useRef<HTMLCanvasElement>(null);
  const at = usePlace(face.embedding, library, canvas);
  useEffect(() => {
    if (canvas.current !== null) drawPoints(canvas.current, library, classes);
  }, [library, classes]);
  return (
    <figure className="live-map-picture">
      <canvas ref={canvas} />
      {at !== undefined && (
        <span className="live-map-place" style={{ left: at[0], top: at[1] }}>
          {face.picture !== undefined && <img src={face.picture} alt="" width="34" height="34" />}
        </span>
      )}
      <figcaption className="soft">{map.near(count(library.looks.length, language))}</figcaption>
    </figure>
  );
}

type Pixels = readonly [left: number, top: number];

/** Where a face falls in the picture of the map. Faces come faster than they can be placed: the newest is placed next. */
function usePlace(embedding: Float32Array, library: LibraryMap, canvas: RefObject<HTMLCanvasElement | null>): Pixels | undefined {
  const [at, setAt] = useState<Pixels | undefined>(undefined);
  const newest = useRef(embedding);
  const busy = useRef(false);
  useEffect(() => {
    newest.current = embedding;
    if (busy.current) return;
    busy.current = true;
    const placeNewest = async () => {
      for (let placed: Float32Array | undefined; placed !== newest.current; ) {
        placed = newest.current;
        const [x, y] = await library.places.place(placed);
        const element = canvas.current;
        if (element === null) return;
        const to = projected(library.positions, element.clientWidth, element.clientHeight);
        setAt([to.x(x), to.y(y)]);
      }
    };
    placeNewest()
      .catch(() => setAt(undefined)) // the library's faces are of other dimensions: there is no place
      .finally(() => {
        busy.current = false;
      });
  }, [embedding, library, canvas]);
  return at;
}
