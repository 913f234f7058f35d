import { Link } from "wouter";
import { Button } from "../../design/button.tsx";
import { CheckIcon } from "../../design/icons/signs.tsx";
import { PhotoThumb } from "../../design/thumbs.tsx";
import { useLanguage, useWords } from "../../strings/language.ts";
import { count, day } from "../../strings/numbers.ts";
import { ShotWords } from "./shot-words.tsx";
import type { Shot } from "./use-best.ts";

export interface BurstCardProps {
  /** The chosen shot first. */
  readonly shots: readonly Shot[];
  readonly taken: number | undefined;
  readonly wanted: string;
  readonly classes: readonly string[];
  readonly versions: ReadonlyMap<number, string>;
  readonly onCompare: () => void;
  readonly onChoose: (photo: number) => void;
}

/** A moment: the chosen shot, the runner-up beside it, and the rest below. */
export function BurstCard({ shots, taken, wanted, classes, versions, onCompare, onChoose }: BurstCardProps) {
  const { best } = useWords();
  const { language } = useLanguage();
  const [first, second, ...rest] = shots as [Shot, Shot, ...Shot[]];
  const side = (shot: Shot, title: string) => (
    <figure className="best-side">
      <Link href={`/photos/${shot.photo}`} aria-label={best.shot(shot.path)}>
        <PhotoThumb photo={shot.photo} version={versions.get(shot.photo)} alt="" mark={shot === first ? <CheckIcon /> : undefined} />
      </Link>
      <figcaption>
        <h2>{title}</h2>
        <ShotWords shot={shot} wanted={wanted} classes={classes} />
      </figcaption>
    </figure>
  );
  return (
    <div className="card stack tight">
      <div className="row">
        <p className="soft">
          {[taken === undefined ? "" : day(taken, language), best.shots(count(shots.length, language))].filter(Boolean).join(" · ")}
        </p>
        <Button kind="quiet" className="push" onPress={onCompare}>
          {best.compare}
        </Button>
      </div>
      <div className="best-sides">
        {side(first, best.chosen)}
        {side(second, best.runnerUp)}
      </div>
      {rest.length > 0 && (
        <ul className="best-rest" aria-label={best.rest}>
          {rest.map((shot) => (
            <li key={shot.photo}>
              <button type="button" onClick={() => onChoose(shot.photo)} aria-label={best.take(shot.path)}>
                <PhotoThumb photo={shot.photo} version={versions.get(shot.photo)} alt="" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
