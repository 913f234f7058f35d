import { pictureOf, usePhoto } from "../../../client/photos.ts";
import { useImage } from "../../../client/use-image.ts";
import { LinkButton } from "../../../design/button.tsx";
import { Dialog } from "../../../design/dialog.tsx";
import { Waiting } from "../../../design/states.tsx";
import { useWords } from "../../../strings/language.ts";

export interface WholePhotoProps {
  readonly face: number;
  readonly photo: number;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** The photo that a face is from, with the face boxed. */
export function WholePhoto({ face, photo, isOpen, onClose }: WholePhotoProps) {
  const { labels } = useWords();
  const { data } = usePhoto(photo);
  const { address } = useImage(isOpen && data ? pictureOf(data.id, data.version, 1600) : undefined);
  const box = data?.faces.find((one) => one.face === face)?.box;
  const share = (part: number, whole: number) => `${(100 * part) / whole}%`;
  return (
    <Dialog
      title={data?.path ?? labels.photo}
      isOpen={isOpen}
      onClose={onClose}
      wide
      actions={<LinkButton href={`/photos/${photo}?face=${face}`}>{labels.openPhoto}</LinkButton>}
    >
      {data === undefined ? (
        <Waiting />
      ) : (
        <div className="whole-photo" style={{ aspectRatio: `${data.width} / ${data.height}` }}>
          <img src={address} alt={labels.whole(data.path)} />
          {box !== undefined && (
            <span
              style={{
                left: share(box.x, data.width),
                top: share(box.y, data.height),
                width: share(box.width, data.width),
                height: share(box.height, data.height),
              }}
            />
          )}
        </div>
      )}
    </Dialog>
  );
}
