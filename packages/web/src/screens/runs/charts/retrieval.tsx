import { useMemo } from "react";
import { useLanguage, useWords } from "../../../strings/language.ts";
import type { Evaluation } from "../data/shapes.ts";
import type { RunStyle } from "../data/styles.ts";
import { Chart } from "./chart.tsx";
import { CurveTable } from "./curve-table.tsx";
import { type Curve, curveMarks } from "./line-marks.ts";
import { decimal, estimate } from "./number-text.ts";
import { RunMark } from "./run-mark.tsx";
import { Scrolled } from "./scrolled.tsx";

/** A run with what was measured of it. */
export interface MeasuredRun {
  readonly name: string;
  readonly style: RunStyle;
  readonly evaluation: Evaluation;
}

const ks = [1, 2, 4, 8, 16, 32];

/** Recall@K and Acc@K, and the metrics that stand for the rest, with intervals. */
export function Retrieval({ runs: measured }: { readonly runs: readonly MeasuredRun[] }) {
  const { runs } = useWords();
  const { language } = useLanguage();
  const { accuracy } = runs;
  const names = Object.entries(accuracy.names);
  const rows: readonly (readonly [key: string, name: string])[] = [
    ...names.map(([key, name]) => [key, name] as const),
    ...ks.map((k) => [`recallAt${k}`, accuracy.recallAt(String(k))] as const),
    ...ks.map((k) => [`accuracyAt${k}`, accuracy.accuracyAt(String(k))] as const),
  ].filter(([key]) => measured.some(({ evaluation }) => evaluation.metrics[key] !== undefined));
  return (
    <div className="runs-charts">
      <figure className="card runs-chart">
        <figcaption>
          <h3>{accuracy.retrieval}</h3>
          <p className="soft">{accuracy.retrievalNote}</p>
        </figcaption>
        <Scrolled label={accuracy.retrieval} high>
          <table className="runs-numbers">
            <thead>
              <tr>
                <th scope="col">{accuracy.metric}</th>
                {measured.map(({ name, style }) => (
                  <th key={name} scope="col">
                    <span className="row tight">
                      <RunMark style={style} />
                      {name}
                    </span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(([key, name]) => (
                <tr key={key}>
                  <th scope="row">{name}</th>
                  {measured.map(({ name: run, evaluation }) => {
                    const found = evaluation.metrics[key];
                    return <td key={run}>{found === undefined ? "" : estimate(found, language)}</td>;
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </Scrolled>
      </figure>
      <RecallChart measured={measured} />
    </div>
  );
}

function RecallChart({ measured }: { readonly measured: readonly MeasuredRun[] }) {
  const { runs } = useWords();
  const { language } = useLanguage();
  const title = "Recall@K";
  const { percent } = runs.curves;
  const curves = useMemo(
    () =>
      measured.map(
        ({ name, style, evaluation }): Curve => ({
          name,
          style,
          points: ks.flatMap((k) => {
            const found = evaluation.metrics[`recallAt${k}`];
            if (found === undefined || found.value === null) return [];
            const { value, low, high } = found;
            return [low === null || high === null ? { x: k, y: value } : { x: k, y: value, low, high }];
          }),
        }),
      ),
    [measured],
  );
  const marks = useMemo(
    () => curveMarks(curves, ({ name }, { x, y }) => `${name}\nK = ${x}: ${decimal(y, 1, language)} ${percent}`),
    [curves, language, percent],
  );
  const options = useMemo(
    () => ({
      x: { label: "K", type: "log" as const, base: 2, ticks: ks, tickFormat: "d" },
      y: { label: percent, grid: true, ticks: 5, nice: true, zero: false },
    }),
    [percent],
  );
  const said = curves.map(({ name, points }) => `${name}: ${points.map(({ x, y }) => `K = ${x}: ${decimal(y, 1, language)}`).join(", ")}`);
  return (
    <Chart
      title={title}
      note={runs.accuracy.recallNote}
      label={`${title}. ${said.join("; ")}`}
      marks={marks}
      options={options}
      table={<CurveTable curves={curves} digits={1} caption={title} along="K" />}
    />
  );
}
