import { Link } from "wouter";
import { Button, IconButton } from "../../design/button.tsx";
import { Look } from "../../design/classes.tsx";
import { CloseIcon, PinIcon } from "../../design/icons/signs.tsx";
import { PhotoThumb } from "../../design/thumbs.tsx";
import { useLanguage, useWords } from "../../strings/language.ts";
import { count, day } from "../../strings/numbers.ts";
import type { AlbumPicture } from "./use-album.ts";

export interface PictureCardProps {
  readonly picture: AlbumPicture;
  readonly version: string | undefined;
  readonly classes: readonly string[];
  readonly isPinned: boolean;
  readonly onPin: () => void;
  readonly onExclude: () => void;
  readonly onStandsFor: () => void;
}

/** A picture of the summary: why it is there, what it stands for, and whether it stays. */
export function PictureCard({ picture, version, classes, isPinned, onPin, onExclude, onStandsFor }: PictureCardProps) {
  const { album } = useWords();
  const { language } = useLanguage();
  const { photo, path, taken, faces, standsFor, why } = picture;
  const looks = [...new Set(faces.filter(({ verdict }) => verdict === "named" || verdict === "corrected").map((face) => face.expression))];
  return (
    <li className="album-card">
      <Link href={`/photos/${photo}`} className="album-photo" aria-label={album.open(path)}>
        <PhotoThumb photo={photo} version={version} alt="" mark={isPinned ? <PinIcon /> : undefined} />
      </Link>
      <div className="album-words">
        <p>{why}</p>
        <p className="row tight soft">
          {looks.slice(0, 3).map((name) => (
            <Look key={name} name={name} classes={classes} />
          ))}
        </p>
        <p className="soft">{taken === undefined ? path : day(taken, language)}</p>
      </div>
      <div className="album-tools">
        <Button kind="quiet" onPress={onStandsFor}>
          {album.standsFor(count(standsFor.photos, language))}
        </Button>
        <IconButton
          className="push"
          label={isPinned ? album.unpin : album.pin}
          icon={<PinIcon />}
          kind={isPinned ? "primary" : "quiet"}
          onPress={onPin}
        />
        <IconButton label={album.exclude} icon={<CloseIcon />} onPress={onExclude} />
      </div>
    </li>
  );
}
