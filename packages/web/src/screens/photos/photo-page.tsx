import { type KeyboardEvent, useEffect, useRef } from "react";
import { useLocation, useSearch } from "wouter";
import { usePhoto } from "../../client/photos.ts";
import { IconButton, LinkButton } from "../../design/button.tsx";
import { BackIcon, ForwardIcon } from "../../design/icons/signs.tsx";
import { Problem, Waiting } from "../../design/states.tsx";
import { useLanguage, useWords } from "../../strings/language.ts";
import { count } from "../../strings/numbers.ts";
import { searchOf } from "./choose.ts";
import { FacePanel } from "./face-panel.tsx";
import { PhotoMenu } from "./photo-menu.tsx";
import { Stage } from "./stage.tsx";
import { useChoice } from "./use-choice.ts";

/** One photo with its faces; arrows lead to the next of those that were chosen. */
export function PhotoPage({ id }: { readonly id: number }) {
  const { photos } = useWords();
  const { language } = useLanguage();
  const { choice, chosen, all } = useChoice();
  const [, navigate] = useLocation();
  const photo = usePhoto(id);
  const asked = Number(new URLSearchParams(useSearch()).get("face") ?? Number.NaN);
  const list = chosen.some((one) => one.id === id) ? chosen : all;
  const at = list.findIndex((one) => one.id === id);
  const previous = list[at - 1]?.id;
  const next = at < 0 ? undefined : list[at + 1]?.id;
  const place = useRef<HTMLDivElement>(null);
  const back = `/photos${searchOf(choice)}`;
  const go = (to: number | undefined) => to !== undefined && navigate(`/photos/${to}${searchOf(choice)}`, { replace: true });
  const select = (face: number) => navigate(`/photos/${id}${searchOf(choice, { face: String(face) })}`, { replace: true });

  useEffect(() => {
    scrollTo(0, 0);
    place.current?.focus({ preventScroll: true });
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target instanceof HTMLInputElement || (event.target as HTMLElement).closest("[role=menu],[role=listbox],[role=dialog]"))
      return;
    const forward = getComputedStyle(event.currentTarget).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const backward = forward === "ArrowRight" ? "ArrowLeft" : "ArrowRight";
    if (event.key === forward) go(next);
    else if (event.key === backward) go(previous);
    else if (event.key === "Escape") navigate(back);
  };

  const { data } = photo;
  const selected = data?.faces.find(({ face }) => face === asked) ?? data?.faces[0];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows work wherever the focus is on this page; each has its button too
    <div ref={place} className="screen photo-page" onKeyDown={onKeyDown} tabIndex={-1}>
      <header className="screen-head">
        <LinkButton kind="quiet" href={back} icon={<BackIcon />}>
          {photos.photo.back}
        </LinkButton>
        <span className="push row tight">
          {at >= 0 && (
            <span className="soft numbers photo-place">{photos.photo.place(count(at + 1, language), count(list.length, language))}</span>
          )}
          <IconButton label={photos.photo.previous} icon={<BackIcon />} isDisabled={previous === undefined} onPress={() => go(previous)} />
          <IconButton label={photos.photo.next} icon={<ForwardIcon />} isDisabled={next === undefined} onPress={() => go(next)} />
          {data !== undefined && <PhotoMenu photo={data} onHidden={() => (next === undefined ? navigate(back) : go(next))} />}
        </span>
      </header>
      {photo.error !== null && <Problem error={photo.error} onRetry={() => void photo.refetch()} />}
      {data === undefined ? (
        photo.error === null && <Waiting />
      ) : (
        <div className="photo-both">
          <Stage key={data.id} photo={data} selected={selected?.face} onSelect={select} />
          <FacePanel photo={data} selected={selected} onSelect={select} />
        </div>
      )}
    </div>
  );
}
