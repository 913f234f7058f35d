import { styleOf } from "../../../design/class-styles.ts";
import { ClassMark } from "../../../design/classes.tsx";
import { useWords } from "../../../strings/language.ts";
import type { Run } from "../timeline/looks.ts";
import { clock } from "./clock.ts";

export interface RibbonProps {
  readonly runs: readonly Run[];
  readonly span: readonly [from: number, to: number];
  readonly classes: readonly string[];
}

/** Parts of the ribbon narrower than this, in hundredths, have no room for a mark. */
const least = 3;

/** What was named over time: each stretch with its colour and its shape. The table says the same in words. */
export function Ribbon({ runs, span: [from, to], classes }: RibbonProps) {
  const words = useWords();
  const share = (time: number) => (100 * time) / Math.max(1, to - from);
  return (
    <div className="live-ribbon" aria-hidden="true">
      {runs
        .filter(({ from: start, to: end }) => end > start)
        .map(({ from: start, to: end, expression }) => (
          <span
            key={start}
            className={expression === undefined ? "unsure" : ""}
            title={`${clock(start)} ${expression === undefined ? words.design.verdicts.unsure : words.look(expression)}`}
            style={{
              left: `${share(start - from)}%`,
              width: `${share(end - start)}%`,
              ...(expression !== undefined && { borderColor: styleOf(expression, classes).color }),
            }}
          >
            {expression !== undefined && share(end - start) >= least && <ClassMark name={expression} classes={classes} />}
          </span>
        ))}
    </div>
  );
}
