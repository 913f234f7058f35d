import { memo } from "react";
import { Link } from "wouter";
import type { PhotoRow } from "../../client/photos.ts";
import { PhotoThumb } from "../../design/thumbs.tsx";
import { useLanguage, useWords } from "../../strings/language.ts";
import { count } from "../../strings/numbers.ts";

export interface CellProps {
  readonly photo: PhotoRow;
  /** Its number in the gallery. */
  readonly place: number;
  /** Pixels. */
  readonly width: number;
  /** Where Tab comes to. */
  readonly isActive: boolean;
  /** Of the choice, for the photo's address. */
  readonly search: string;
  readonly onOpen: (photo: number) => void;
}

/** A photo in the gallery. Drawn anew only where something about it changed: a gallery that scrolls has hundreds. */
export const PhotoCell = memo(function PhotoCell({ photo, place, width, isActive, search, onOpen }: CellProps) {
  const { photos } = useWords();
  const { language } = useLanguage();
  const name = photos.photoNamed(photo.path, photos.faces(count(photo.faces, language)));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table's rows cannot be laid out as lines of pictures
    // biome-ignore lint/a11y/useFocusableInteractive: its link is
    <div role="gridcell" className="photos-cell" style={{ inlineSize: width }}>
      <Link
        href={`/photos/${photo.id}${search}`}
        data-at={place}
        tabIndex={isActive ? 0 : -1}
        aria-label={name}
        onClick={() => onOpen(photo.id)}
      >
        <PhotoThumb photo={photo.id} version={photo.version} alt="" />
      </Link>
    </div>
  );
});
