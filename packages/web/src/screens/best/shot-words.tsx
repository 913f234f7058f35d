import { Look } from "../../design/classes.tsx";
import { useLanguage, useWords } from "../../strings/language.ts";
import { percent } from "../../strings/numbers.ts";
import type { Shot } from "./use-best.ts";

/** What a shot was judged by: its worst face, eyes, and who is missing. */
export function ShotWords({
  shot,
  wanted,
  classes,
}: {
  readonly shot: Shot;
  readonly wanted: string;
  readonly classes: readonly string[];
}) {
  const { best } = useWords();
  const { language } = useLanguage();
  const { faces, missing, score } = shot;
  const counted = faces.filter((face) => face.score !== undefined);
  const withLook = wanted === "any" ? undefined : counted.filter((face) => (face.wanted ?? 0) >= 0.5).length;
  const closed = counted.filter(({ eyesOpen }) => eyesOpen !== undefined && eyesOpen < 0.3).length;
  const blurred = counted.filter(({ sharpness }) => sharpness < 0.2).length;
  return (
    <ul className="best-words">
      <li>
        <b className="numbers">{percent(score, language)}</b> {best.score}
      </li>
      {withLook !== undefined && (
        <li>
          <Look name={wanted} classes={classes} /> {best.of(String(withLook), String(counted.length))}
        </li>
      )}
      {closed > 0 && <li>{best.closed(String(closed))}</li>}
      {blurred > 0 && <li>{best.blurred(String(blurred))}</li>}
      {missing > 0 && <li>{best.missing(String(missing))}</li>}
    </ul>
  );
}
