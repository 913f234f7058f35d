import { ClassMark } from "../../../design/classes.tsx";
import { useLanguage, useWords } from "../../../strings/language.ts";
import { percent } from "../../../strings/numbers.ts";
import { lookOf, type sightingsOf, type Telling } from "../timeline/looks.ts";
import { clock } from "./clock.ts";

const rows = 600;

export interface TimelineTableProps {
  readonly seen: ReturnType<typeof sightingsOf>;
  readonly telling: Telling;
}

/** The timeline of a face in words and numbers: a row per second, or fewer where it is long. The CSV has each picture. */
export function TimelineTable({ seen, telling }: TimelineTableProps) {
  const words = useWords();
  const { language } = useLanguage();
  const { timeline } = words.live;
  const { verdicts } = words.design;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by keys
    <section className="live-table" tabIndex={0} aria-label={timeline.title}>
      <table>
        <thead>
          <tr>
            <th scope="col">{timeline.time}</th>
            <th scope="col">{timeline.look}</th>
            <th scope="col">{timeline.share}</th>
          </tr>
        </thead>
        <tbody>
          {perSecond(seen).map(({ time, sighting }) => {
            const { expression, probability, verdict } = lookOf(sighting, telling);
            return (
              <tr key={time}>
                <td>{clock(time)}</td>
                <td>
                  {verdict === "named" ? (
                    <span className="look">
                      <ClassMark name={expression} classes={telling.classes} />
                      {words.look(expression)}
                    </span>
                  ) : (
                    `${verdict === "unsure" ? verdicts.unsure : verdicts.none}, ${words.design.perhaps(words.look(expression))}`
                  )}
                </td>
                <td>{percent(probability, language)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

/** The first sighting of each second, or of each longer step where there would be too many. */
function perSecond(seen: TimelineTableProps["seen"]): TimelineTableProps["seen"] {
  const [first, last] = [seen[0]?.time ?? 0, seen.at(-1)?.time ?? 0];
  const step = Math.max(1000, (last - first) / rows);
  let before = -1;
  return seen.filter(({ time }) => {
    const now = Math.floor((time - first) / step);
    const isNew = now !== before;
    before = now;
    return isNew;
  });
}
