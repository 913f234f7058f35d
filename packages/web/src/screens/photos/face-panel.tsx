import { useAbout } from "../../client/library.ts";
import type { Photo, PhotoFace } from "../../client/shapes.ts";
import { LinkButton } from "../../design/button.tsx";
import { Distribution, Verdict } from "../../design/distribution.tsx";
import { MapIcon, SearchIcon } from "../../design/icons/screens.tsx";
import { FaceThumb } from "../../design/thumbs.tsx";
import { useLanguage, useWords, type Words } from "../../strings/language.ts";
import { count, day } from "../../strings/numbers.ts";
import { FaceCorrections } from "./face-corrections.tsx";
import { lookInWords } from "./look-in-words.ts";

export interface FacePanelProps {
  readonly photo: Photo;
  readonly selected: PhotoFace | undefined;
  readonly onSelect: (face: number) => void;
}

/** What is known of the photo, and of the face that is chosen in it. */
export function FacePanel({ photo, selected, onSelect }: FacePanelProps) {
  const words = useWords();
  const { photos } = words;
  const { language } = useLanguage();
  const { faces, path, taken, width, height } = photo;
  return (
    <aside className="photo-panel">
      <div>
        <h1 className="name">{path.slice(path.lastIndexOf("/") + 1)}</h1>
        <p className="soft numbers">
          {[path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "", taken === undefined ? "" : day(taken, language)]
            .filter(Boolean)
            .join(" · ")}
        </p>
        <p className="soft numbers">{photos.photo.wide(count(width, language), count(height, language))}</p>
      </div>
      {faces.length > 1 && (
        <ul className="photo-faces" aria-label={photos.photo.facesHere}>
          {faces.map((face, i) => (
            <li key={face.face}>
              <button
                type="button"
                aria-pressed={face.face === selected?.face}
                aria-label={photos.photo.faceNamed(String(i + 1), lookInWords(face, words))}
                onClick={() => onSelect(face.face)}
              >
                <FaceThumb face={face.face} version={photo.version} alt="" />
                <span aria-hidden="true">{i + 1}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {selected === undefined ? <p className="soft">{photos.photo.none}</p> : <Details key={selected.face} photo={photo} face={selected} />}
    </aside>
  );
}

/** One face: what it looks like and how sure that is, how well it can be seen, and what can be done. */
function Details({ photo, face }: { readonly photo: Photo; readonly face: PhotoFace }) {
  const words = useWords();
  const { photos } = words;
  const { data: about } = useAbout();
  const { classes } = photo;
  const why = { unsure: photos.face.unsure, "none of these": photos.face.noneOf, turned: photos.face.turnedAway, named: "", corrected: "" };
  return (
    <section className="stack" aria-label={photos.face.title(String(photo.faces.indexOf(face) + 1))}>
      <div className="photo-verdict">
        <FaceThumb face={face.face} version={photo.version} alt="" />
        <div>
          <Verdict {...face} classes={classes} />
          <p className="soft">{why[face.verdict]}</p>
        </div>
      </div>
      {face.verdict === "corrected" && <p className="soft">{photos.face.ownAnswer}</p>}
      <Distribution classes={classes} probabilities={face.distribution} />
      <div>
        <h2 className="only-read">{photos.face.quality}</h2>
        <p className="soft">{qualityInWords(face.quality, photos)}</p>
      </div>
      <div className="row tight">
        <LinkButton href={`/search?face=${face.face}`} icon={<SearchIcon />}>
          {photos.face.similar}
        </LinkButton>
        <LinkButton href={`/map?select=${face.face}`} icon={<MapIcon />}>
          {photos.face.onMap}
        </LinkButton>
      </div>
      {about?.readonly ? <p className="soft">{photos.face.readonly}</p> : <FaceCorrections face={face} classes={classes} />}
    </section>
  );
}

/** Size, sharpness and pose, as one would say them. */
function qualityInWords({ side, sharpness, yaw, eyesOpen, mouthOpen }: PhotoFace["quality"], { face }: Words["photos"]): string {
  const turned = Math.round(Math.abs(yaw) / 5) * 5;
  return [
    side < 48 ? `${face.small}, ${face.side(String(Math.round(side)))}` : face.side(String(Math.round(side))),
    sharpness >= 0.5 ? face.sharp : sharpness >= 0.25 ? face.soft : face.blurred,
    turned < 20 ? face.ahead : face.aside(String(turned)),
    ...(eyesOpen !== undefined && eyesOpen < 0.25 ? [face.eyesClosed] : []),
    ...(mouthOpen !== undefined && mouthOpen > 0.3 ? [face.mouthOpen] : []),
  ].join(", ");
}
