import { pictureOf, usePhoto } from "../../../client/photos.ts";
import { useImage } from "../../../client/use-image.ts";
import { FaceThumb } from "../../../design/thumbs.tsx";
import { useWords } from "../../../strings/language.ts";
import { partAround, sideFor } from "./close-up.ts";

/** How large it stands at most, in pixels of a sharp screen. */
const shown = 640;

export interface FaceCloseUpProps {
  readonly face: number;
  readonly photo: number;
}

/** One face, large: cut out of its photo; until that is there, its thumbnail. */
export function FaceCloseUp({ face, photo }: FaceCloseUpProps) {
  const { labels } = useWords();
  const { data } = usePhoto(photo);
  const box = data?.faces.find((one) => one.face === face)?.box;
  const part = data && box && partAround(box, data);
  const { address } = useImage(data && part && pictureOf(data.id, data.version, sideFor(part, data, shown)));
  const share = (value: number) => `${(100 * value) / (part?.side ?? 1)}%`;
  return (
    <span className="close-up">
      <FaceThumb face={face} alt={labels.closeUp} {...(data && { version: data.version })} />
      {data !== undefined && part !== undefined && address !== undefined && (
        <img
          key={face}
          src={address}
          alt=""
          draggable={false}
          style={{ inlineSize: share(data.width), blockSize: share(data.height), left: share(-part.x), top: share(-part.y) }}
        />
      )}
    </span>
  );
}
