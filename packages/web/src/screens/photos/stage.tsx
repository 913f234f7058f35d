import { type CSSProperties, useRef, useState } from "react";
import { pictureOf } from "../../client/photos.ts";
import type { Photo } from "../../client/shapes.ts";
import { useImage } from "../../client/use-image.ts";
import { IconButton } from "../../design/button.tsx";
import { UnknownFaceIcon, ZoomInIcon, ZoomOutIcon } from "../../design/icons/signs.tsx";
import { useWords } from "../../strings/language.ts";
import { lookInWords } from "./look-in-words.ts";

export interface StageProps {
  readonly photo: Photo;
  readonly selected: number | undefined;
  readonly onSelect: (face: number) => void;
}

const zooms = [1, 1.5, 2, 3, 4, 6];

/** The photo as large as fits, its faces boxed; larger, it can be moved about. */
export function Stage({ photo, selected, onSelect }: StageProps) {
  const words = useWords();
  const { photos } = words;
  const [zoom, setZoom] = useState(0);
  const [gone, setGone] = useState(false);
  const { address, failed } = useImage(pictureOf(photo.id, photo.version, zoom === 0 ? 1600 : "full"));
  const view = useRef<HTMLDivElement>(null);
  const { width, height, faces } = photo;
  const share = (part: number, whole: number) => `${(100 * part) / whole}%`;

  /** Keeps what is in the middle there. */
  const zoomTo = (next: number) => {
    const before = view.current;
    const middle = before && {
      x: (before.scrollLeft + before.clientWidth / 2) / before.scrollWidth,
      y: (before.scrollTop + before.clientHeight / 2) / before.scrollHeight,
    };
    setZoom(next);
    requestAnimationFrame(() => {
      if (before === null || middle === null) return;
      before.scrollTo(middle.x * before.scrollWidth - before.clientWidth / 2, middle.y * before.scrollHeight - before.clientHeight / 2);
    });
  };

  return (
    <div className="photo-stage">
      <div ref={view} className="photo-view" style={{ "--ratio": width / height } as CSSProperties}>
        <div
          className="photo-picture"
          style={{
            aspectRatio: `${width} / ${height}`,
            inlineSize: `calc(${zooms[zoom]} * min(100cqi, 100cqb * ${width / height}, ${Math.max(480, width)}px))`,
          }}
        >
          {gone || failed ? (
            <div className="photo-gone">
              <UnknownFaceIcon />
              {photos.photo.gone}
            </div>
          ) : (
            <img src={address} alt={photos.photo.picture(photo.path)} onError={() => setGone(true)} draggable={false} />
          )}
          {faces.map((face, i) => (
            <button
              key={face.face}
              type="button"
              className="photo-box"
              aria-pressed={face.face === selected}
              aria-label={photos.photo.faceNamed(String(i + 1), lookInWords(face, words))}
              onClick={() => onSelect(face.face)}
              style={{
                left: share(face.box.x, width),
                insetBlockStart: share(face.box.y, height),
                inlineSize: share(face.box.width, width),
                blockSize: share(face.box.height, height),
              }}
            >
              {faces.length > 1 && <span>{i + 1}</span>}
            </button>
          ))}
        </div>
      </div>
      <div className="photo-zoom">
        <IconButton
          label={zoom === 1 ? photos.photo.fit : photos.photo.zoomOut}
          icon={<ZoomOutIcon />}
          isDisabled={zoom === 0}
          onPress={() => zoomTo(zoom - 1)}
        />
        <IconButton
          label={photos.photo.zoomIn}
          icon={<ZoomInIcon />}
          isDisabled={zoom === zooms.length - 1}
          onPress={() => zoomTo(zoom + 1)}
        />
      </div>
    </div>
  );
}
