import type { Verdict as VerdictSaid } from "../client/shapes.ts";
import { useLanguage, useWords } from "../strings/language.ts";
import { percent } from "../strings/numbers.ts";
import { styleOf } from "./class-styles.ts";
import { ClassMark } from "./classes.tsx";

export interface DistributionProps {
  readonly classes: readonly string[];
  /** P(class), in their order. */
  readonly probabilities: readonly number[];
  /** Shows only so many, the most probable first (all, in the order of the classes). */
  readonly top?: number;
}

/** P(class) of a face as bars: shape, colour, words and percent each say the same. */
export function Distribution({ classes, probabilities, top }: DistributionProps) {
  const words = useWords();
  const { language } = useLanguage();
  const most = probabilities.indexOf(Math.max(...probabilities));
  const rows = classes.map((name, i) => ({ name, p: probabilities[i] ?? 0, isMost: i === most }));
  const shown = top === undefined ? rows : rows.toSorted((a, b) => b.p - a.p).slice(0, top);
  return (
    <ul className="distribution" aria-label={words.design.distribution}>
      {shown.map(({ name, p, isMost }) => (
        <li key={name} className={isMost ? "most" : ""}>
          <ClassMark name={name} classes={classes} />
          <span className={isMost ? "most" : ""}>{words.look(name)}</span>
          <span className="bar">
            <i style={{ inlineSize: `${p * 100}%`, background: styleOf(name, classes).color }} />
          </span>
          <span className="percent">{percent(p, language)}</span>
        </li>
      ))}
    </ul>
  );
}

export interface VerdictProps {
  readonly expression: string;
  readonly probability: number;
  readonly verdict: VerdictSaid;
  readonly classes: readonly string[];
}

/** What is said of a face in one line: how it looks, or that this is not sure. Never what a person feels. */
export function Verdict({ expression, probability, verdict, classes }: VerdictProps) {
  const words = useWords();
  const { language } = useLanguage();
  const { verdicts } = words.design;
  if (verdict === "named" || verdict === "corrected") {
    return (
      <span className="verdict">
        <ClassMark name={expression} classes={classes} />
        <strong>{words.look(expression)}</strong>
        <span className="soft numbers">{verdict === "corrected" ? verdicts.corrected : percent(probability, language)}</span>
      </span>
    );
  }
  return (
    <span className="verdict">
      <strong>{verdict === "unsure" ? verdicts.unsure : verdict === "turned" ? verdicts.turned : verdicts.none}</strong>
      <span className="soft">{words.design.perhaps(words.look(expression))}</span>
    </span>
  );
}
