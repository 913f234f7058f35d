import { Look } from "../../../design/classes.tsx";
import { useLanguage, useWords } from "../../../strings/language.ts";
import { estimate } from "./number-text.ts";
import type { MeasuredRun } from "./retrieval.tsx";
import { RunMark } from "./run-mark.tsx";
import { Scrolled } from "./scrolled.tsx";

/** Precision, recall and F1 per class, with intervals. */
export function ClassTable({ name, style, evaluation: { classes, perClass } }: MeasuredRun) {
  const { accuracy } = useWords().runs;
  const { language } = useLanguage();
  return (
    <figure className="card runs-chart">
      <figcaption>
        <h3 className="row tight">
          <RunMark style={style} />
          {accuracy.perClass}: <span className="name">{name}</span>
        </h3>
      </figcaption>
      <Scrolled label={`${accuracy.perClass}: ${name}`} high>
        <table className="runs-numbers">
          <thead>
            <tr>
              <th scope="col">{accuracy.truth}</th>
              <th scope="col">{accuracy.faces}</th>
              <th scope="col">{accuracy.precision}</th>
              <th scope="col">{accuracy.recall}</th>
              <th scope="col">{accuracy.f1}</th>
            </tr>
          </thead>
          <tbody>
            {perClass.map((one) => (
              <tr key={one.name}>
                <th scope="row">
                  <Look name={one.name} classes={classes} />
                </th>
                <td>{one.support}</td>
                <td>{estimate(one.precision, language)}</td>
                <td>{estimate(one.recall, language)}</td>
                <td>{estimate(one.f1, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scrolled>
    </figure>
  );
}
