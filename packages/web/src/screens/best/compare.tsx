import { useState } from "react";
import { pictureOf } from "../../client/photos.ts";
import { useImage } from "../../client/use-image.ts";
import { Button, IconButton } from "../../design/button.tsx";
import { Dialog } from "../../design/dialog.tsx";
import { BackIcon, CheckIcon, ForwardIcon } from "../../design/icons/signs.tsx";
import { Switch } from "../../design/switches.tsx";
import { useWords } from "../../strings/language.ts";
import { ShotWords } from "./shot-words.tsx";
import type { Shot } from "./use-best.ts";

export interface CompareProps {
  /** The chosen shot first. */
  readonly shots: readonly Shot[];
  readonly wanted: string;
  readonly classes: readonly string[];
  readonly versions: ReadonlyMap<number, string>;
  readonly onChoose: (photo: number) => void;
  readonly onClose: () => void;
}

/** The chosen shot and another one of its moment side by side, at full size where that is wanted. Both scroll together. */
export function Compare({ shots, wanted, classes, versions, onChoose, onClose }: CompareProps) {
  const { best } = useWords();
  const [other, setOther] = useState(1);
  const [isFull, setFull] = useState(false);
  const [place, setPlace] = useState({ x: 0.5, y: 0.5 });
  const [first, second] = [shots[0] as Shot, shots[Math.min(other, shots.length - 1)] as Shot];
  const go = (by: number) => setOther(1 + ((other - 1 + by + shots.length - 1) % (shots.length - 1)));
  const side = (shot: Shot, title: string) => (
    <figure className="best-side">
      <figcaption>
        <h3>{title}</h3>
        <p className="soft name">{shot.path}</p>
      </figcaption>
      <Picture shot={shot} version={versions.get(shot.photo)} isFull={isFull} place={place} onPlace={setPlace} />
      <ShotWords shot={shot} wanted={wanted} classes={classes} />
    </figure>
  );
  return (
    <Dialog wide title={best.compare} isOpen onClose={onClose}>
      <div className="row">
        <Switch isSelected={isFull} onChange={setFull}>
          {best.full}
        </Switch>
        {shots.length > 2 && (
          <span className="row tight push">
            <IconButton label={best.previous} icon={<BackIcon />} onPress={() => go(-1)} />
            <span className="soft numbers">{best.place(String(other), String(shots.length - 1))}</span>
            <IconButton label={best.next} icon={<ForwardIcon />} onPress={() => go(1)} />
          </span>
        )}
      </div>
      <div className="best-sides">
        {side(first, best.chosen)}
        {side(second, best.runnerUp)}
      </div>
      <Button
        icon={<CheckIcon />}
        onPress={() => {
          onChoose(second.photo);
          setOther(1);
        }}
      >
        {best.takeOther}
      </Button>
    </Dialog>
  );
}

interface PictureProps {
  readonly shot: Shot;
  readonly version: string | undefined;
  readonly isFull: boolean;
  readonly place: { readonly x: number; readonly y: number };
  readonly onPlace: (place: { x: number; y: number }) => void;
}

function Picture({ shot, version = "", isFull, place, onPlace }: PictureProps) {
  const { best } = useWords();
  const { address } = useImage(pictureOf(shot.photo, version, isFull ? "full" : 1024));
  const image = <img src={address} alt={best.shot(shot.path)} />;
  if (!isFull) return <div className="best-window">{image}</div>;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form
    <div
      className="best-window full"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
      tabIndex={0}
      role="group"
      aria-label={best.scrolls}
      ref={(window) => {
        if (window === null) return;
        const [wide, high] = [window.scrollWidth - window.clientWidth, window.scrollHeight - window.clientHeight];
        if (Math.abs(window.scrollLeft - place.x * wide) > 1) window.scrollLeft = place.x * wide;
        if (Math.abs(window.scrollTop - place.y * high) > 1) window.scrollTop = place.y * high;
      }}
      onScroll={({ currentTarget: window }) => {
        const [wide, high] = [window.scrollWidth - window.clientWidth, window.scrollHeight - window.clientHeight];
        onPlace({ x: wide === 0 ? 0.5 : window.scrollLeft / wide, y: high === 0 ? 0.5 : window.scrollTop / high });
      }}
    >
      {image}
    </div>
  );
}
