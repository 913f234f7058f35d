import { ClassMark } from "../../../design/classes.tsx";
import { useLanguage, useWords } from "../../../strings/language.ts";
import { percent } from "../../../strings/numbers.ts";
import type { MeasuredRun } from "./retrieval.tsx";
import { RunMark } from "./run-mark.tsx";
import { Scrolled } from "./scrolled.tsx";

/** What faces are against what they are named: a table, darker where more of the row lie. */
export function Confusion({ name, style, evaluation: { classes, confusion } }: MeasuredRun) {
  const words = useWords();
  const { language } = useLanguage();
  const { accuracy } = words.runs;
  return (
    <figure className="card runs-chart">
      <figcaption>
        <h3 className="row tight">
          <RunMark style={style} />
          {accuracy.confusion}: <span className="name">{name}</span>
        </h3>
        <p className="soft">{accuracy.confusionNote}</p>
      </figcaption>
      <Scrolled label={`${accuracy.confusion}: ${name}`} high>
        <table className="runs-confusion">
          <thead>
            <tr>
              <th scope="col">{accuracy.truth}</th>
              {classes.map((one) => (
                <th key={one} scope="col" title={words.look(one)}>
                  <ClassMark name={one} classes={classes} />
                  <span className="only-read">{words.look(one)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {confusion.map((row, c) => {
              const all = row.reduce((sum, value) => sum + value, 0);
              const truth = classes[c] ?? "";
              return (
                <tr key={truth}>
                  <th scope="row">
                    <span className="look">
                      <ClassMark name={truth} classes={classes} />
                      {words.look(truth)}
                    </span>
                  </th>
                  {row.map((value, p) => {
                    const share = all === 0 ? 0 : value / all;
                    const named = classes[p] ?? "";
                    return (
                      <td
                        key={named}
                        className={c === p ? "right" : ""}
                        style={{ "--share": share } as React.CSSProperties}
                        data-strong={share > 0.55 || undefined}
                        title={accuracy.cell(percent(share, language), words.look(truth), words.look(named), String(value))}
                      >
                        {value === 0 ? "" : Math.round(100 * share)}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scrolled>
    </figure>
  );
}
