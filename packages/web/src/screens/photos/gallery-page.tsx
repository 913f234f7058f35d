import { useLocation } from "wouter";
import { home } from "../../client/home.ts";
import { useAbout, useJob } from "../../client/library.ts";
import { useStorage } from "../../client/storage.ts";
import { Button } from "../../design/button.tsx";
import { PhotosIcon } from "../../design/icons/screens.tsx";
import { Empty, Problem, Waiting } from "../../design/states.tsx";
import { useLanguage, useWords } from "../../strings/language.ts";
import { count } from "../../strings/numbers.ts";
import { AddMenu } from "./add-menu.tsx";
import { AddedPanel } from "./added-panel.tsx";
import { type Choice, everything, searchOf } from "./choose.ts";
import { DropPlace } from "./drop-place.tsx";
import { Filters } from "./filters.tsx";
import { FirstVisit } from "./first-visit.tsx";
import { IndexPanel } from "./index-panel.tsx";
import { PhotoGrid } from "./photo-grid.tsx";
import { Unread } from "./unread.tsx";
import { type Adding, useAdding } from "./use-adding.ts";
import { useChoice } from "./use-choice.ts";

/** All photos, or those that are asked for. */
export function GalleryPage() {
  const { photos } = useWords();
  const { language } = useLanguage();
  const { choice, all, chosen, list, isPending, error, again } = useChoice();
  const [, navigate] = useLocation();
  const adding = useAdding();
  const choose = (next: Choice) => navigate(`/photos${searchOf(next)}`, { replace: true });
  const total = photos.count(count(all.length, language));
  const isFiltered = chosen.length !== all.length;

  return (
    <DropPlace adding={adding}>
      <div className="screen">
        <header className="screen-head">
          <div>
            <h1>{photos.title}</h1>
            <p className="soft">
              {all.length > 0 && (isFiltered ? photos.shown(count(chosen.length, language), total) : total)}
              {list !== undefined && <Unread list={list} choice={choice} onChoose={choose} />}
            </p>
          </div>
          <span className="push">
            <AddMenu adding={adding} />
          </span>
        </header>
        <div className="photos-panels">
          <AddedPanel adding={adding} />
          <IndexPanel />
        </div>
        {error !== null && <Problem error={error} onRetry={again} />}
        {all.length > 0 && <Filters photos={all} choice={choice} onChoose={choose} />}
        {isPending ? (
          <Waiting />
        ) : chosen.length > 0 ? (
          <PhotoGrid photos={chosen} choice={choice} />
        ) : all.length > 0 ? (
          <Empty icon={<PhotosIcon />} title={photos.filter.nothing}>
            <p>{photos.filter.nothingWhy}</p>
            <Button onPress={() => choose(everything)}>{photos.filter.clear}</Button>
          </Empty>
        ) : (
          error === null && <NoPhotos adding={adding} />
        )}
      </div>
    </DropPlace>
  );
}

/** A library without photos: what can be done first. */
function NoPhotos({ adding }: { readonly adding: Adding }) {
  const { photos } = useWords();
  const { data: about } = useAbout();
  const { isRunning, start } = useJob("index");
  const { data: storage } = useStorage();
  if (isRunning || adding.isBusy) return null;
  if (storage?.copies === 0 && storage.elsewhere === 0) return <FirstVisit adding={adding} storage={storage} />;
  if (home === "browser" && storage === undefined) return null;
  return (
    <Empty icon={<PhotosIcon />} title={photos.empty.title}>
      <p>{photos.empty.what}</p>
      <p>{about?.database === undefined ? photos.empty.text : photos.empty.onServer}</p>
      {about?.readonly !== true && (
        <>
          <Button kind="primary" onPress={() => start.mutate({ kind: "index" })}>
            {photos.empty.read}
          </Button>
          <p>{photos.empty.drop}</p>
        </>
      )}
    </Empty>
  );
}
