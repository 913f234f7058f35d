import { IconButton } from "../../design/button.tsx";
import { Distribution, Verdict } from "../../design/distribution.tsx";
import { CloseIcon } from "../../design/icons/signs.tsx";
import { Problem, Waiting } from "../../design/states.tsx";
import { useWords } from "../../strings/language.ts";
import { chooseFace, dropPicture, type GivenPicture } from "./given-picture.ts";

/** The picture that is searched by, with its faces: the one that is meant is picked by a press. */
export function PicturePanel({ picture }: { readonly picture: GivenPicture }) {
  const { search, look } = useWords();
  const { address, looked, error, chosen, name } = picture;
  const face = looked?.faces[chosen];
  return (
    <section className="card search-picture" aria-label={search.picture.title}>
      <IconButton className="away-button" label={search.picture.drop} icon={<CloseIcon />} onPress={dropPicture} />
      <div className="search-stage">
        <img src={address} alt={search.picture.alt(name)} />
        {looked?.faces.map(({ box, expression }, i) => (
          <button
            key={`${box.x},${box.y}`}
            type="button"
            className="search-box"
            aria-pressed={i === chosen}
            aria-label={search.picture.face(String(i + 1), look(expression))}
            onClick={() => chooseFace(i)}
            style={{
              left: `${(100 * box.x) / looked.width}%`,
              top: `${(100 * box.y) / looked.height}%`,
              width: `${(100 * box.width) / looked.width}%`,
              height: `${(100 * box.height) / looked.height}%`,
            }}
          />
        ))}
      </div>
      <div className="stack tight">
        {error !== undefined && <Problem error={error} />}
        {error === undefined && looked === undefined && <Waiting />}
        {looked?.faces.length === 0 && <p>{search.picture.none}</p>}
        {looked !== undefined && face !== undefined && (
          <>
            {looked.faces.length > 1 && <p className="soft">{search.picture.several(String(looked.faces.length))}</p>}
            <Verdict {...face} classes={looked.classes} />
            <Distribution classes={looked.classes} probabilities={face.distribution} top={3} />
          </>
        )}
        {looked?.remark !== undefined && <p className="soft">{looked.remark}</p>}
      </div>
    </section>
  );
}
