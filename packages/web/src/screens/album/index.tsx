import { useState } from "react";
import { useAbout, useClasses } from "../../client/library.ts";
import { Button, LinkButton } from "../../design/button.tsx";
import { Dialog } from "../../design/dialog.tsx";
import { AlbumIcon, BestIcon } from "../../design/icons/screens.tsx";
import { NoFaces } from "../../design/no-faces.tsx";
import { Slider } from "../../design/slider.tsx";
import { Problem, Waiting } from "../../design/states.tsx";
import { Switch } from "../../design/switches.tsx";
import { PhotoThumb } from "../../design/thumbs.tsx";
import { useLanguage, useWords } from "../../strings/language.ts";
import { count } from "../../strings/numbers.ts";
import { Coverage } from "./coverage.tsx";
import { ExportMenu } from "./export-menu.tsx";
import { exclude, pin } from "./kept-album.ts";
import { PictureCard } from "./picture-card.tsx";
import { type AlbumPicture, useAlbum } from "./use-album.ts";
import { useKeptAlbum } from "./use-kept-album.ts";
import "./album.css";

export default function AlbumScreen() {
  const { album: words } = useWords();
  const { language } = useLanguage();
  const { data: about } = useAbout();
  const classes = useClasses();
  const { album: kept, isPending, error, keep } = useKeptAlbum();
  const [moving, setMoving] = useState<number>();
  const { album, body, versions } = useAlbum(kept, !isPending && (about?.photos ?? 0) > 0);
  const [shown, setShown] = useState<AlbumPicture>();
  const [problem, setProblem] = useState<unknown>();
  const most = Math.min(100, Math.max(2, about?.photos ?? 2));
  const excluded = kept.excluded.filter((id) => versions.has(id));

  if (about?.photos === 0) {
    return <NoFaces icon={<AlbumIcon />} title={words.title} lead={words.empty} />;
  }
  return (
    <div className="screen stack">
      <header className="screen-head">
        <div>
          <h1>{words.title}</h1>
          <p className="soft">{words.lead}</p>
        </div>
        <span className="push row tight">
          <LinkButton href="/best" icon={<BestIcon />}>
            {words.toBest}
          </LinkButton>
          <ExportMenu body={body} photos={album.data?.pictures.map(({ photo }) => photo) ?? []} onProblem={setProblem} />
        </span>
      </header>
      <div className="album-controls">
        <Slider
          label={words.size}
          min={1}
          max={most}
          value={Math.min(most, moving ?? kept.size)}
          onChange={setMoving}
          onChangeEnd={(size) => {
            setMoving(undefined);
            keep({ ...kept, size: Math.max(size, kept.pinned.length, 1) });
          }}
        />
        <Switch isSelected={kept.withoutFaces} onChange={(withoutFaces) => keep({ ...kept, withoutFaces })}>
          {words.withoutFaces}
        </Switch>
      </div>
      {(error ?? album.error ?? problem ?? null) !== null && (
        <Problem error={error ?? album.error ?? problem} onRetry={() => void album.refetch()} />
      )}
      {album.data === undefined && album.error === null && <Waiting />}
      {album.data !== undefined && (
        <>
          <Coverage album={album.data} />
          <ol className="album-grid" aria-label={words.title} aria-busy={album.isPlaceholderData}>
            {album.data.pictures.map((picture) => (
              <PictureCard
                key={picture.photo}
                picture={picture}
                version={versions.get(picture.photo)}
                classes={classes}
                isPinned={kept.pinned.includes(picture.photo)}
                onPin={() => keep(pin(kept, picture.photo))}
                onExclude={() => keep(exclude(kept, picture.photo))}
                onStandsFor={() => setShown(picture)}
              />
            ))}
          </ol>
        </>
      )}
      {excluded.length > 0 && (
        <section className="stack tight" aria-label={words.excluded.title}>
          <h2>{words.excluded.title}</h2>
          <ul className="row">
            {excluded.map((id) => (
              <li key={id} className="album-out">
                <PhotoThumb photo={id} version={versions.get(id)} alt="" />
                <Button kind="quiet" onPress={() => keep(exclude(kept, id))}>
                  {words.excluded.back}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Dialog
        wide
        title={shown === undefined ? words.title : words.standsFor(count(shown.standsFor.photos, language))}
        isOpen={shown !== undefined}
        onClose={() => setShown(undefined)}
      >
        <p className="soft">{words.standsForWhy}</p>
        <ul className="album-stood">
          {shown?.standsFor.ids.slice(0, 200).map((id) => (
            <li key={id}>
              <PhotoThumb photo={id} version={versions.get(id)} alt="" />
            </li>
          ))}
        </ul>
      </Dialog>
    </div>
  );
}
