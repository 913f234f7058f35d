import { dot, line, ruleX } from "@observablehq/plot";
import { useMemo } from "react";
import { useLanguage, useWords } from "../../../strings/language.ts";
import { wilson } from "../data/steps.ts";
import { Chart } from "./chart.tsx";
import { symbolOf } from "./line-marks.ts";
import { decimal } from "./number-text.ts";
import type { MeasuredRun } from "./retrieval.tsx";

/** The reliability diagram: how often answers are right, by how probable they were said to be. */
export function Calibration({ runs: measured }: { readonly runs: readonly MeasuredRun[] }) {
  const { accuracy } = useWords().runs;
  const { language } = useLanguage();
  const filled = useMemo(
    () =>
      measured.map(({ name, style, evaluation }) => ({
        name,
        style,
        bins: evaluation.calibration.flatMap(({ confidence, accuracy: right, rows }) =>
          confidence === null || right === null || rows === 0
            ? []
            : [{ said: 100 * confidence, right: 100 * right, rows, ...wilson(100 * right, rows) }],
        ),
      })),
    [measured],
  );
  const marks = useMemo(
    () => [
      line(
        [
          [0, 0],
          [100, 100],
        ],
        { stroke: "var(--edge)", strokeDasharray: "3 3" },
      ),
      ...filled.flatMap(({ style, bins }) => [
        ruleX(bins, { x: "said", y1: "low", y2: "high", stroke: style.color, strokeOpacity: 0.45, strokeWidth: 1.5 }),
        line(bins, { x: "said", y: "right", stroke: style.color, strokeWidth: 2 }),
        dot(bins, { x: "said", y: "right", fill: style.color, r: 4.5, symbol: symbolOf(style) }),
      ]),
    ],
    [filled],
  );
  const options = useMemo(
    () => ({
      x: { label: accuracy.said, domain: [0, 100], ticks: 5 },
      y: { label: accuracy.right, domain: [0, 100], ticks: 5, grid: true },
    }),
    [accuracy],
  );
  const said = filled.map(
    ({ name, bins }) =>
      `${name}: ${bins.map((bin) => `${decimal(bin.said, 0, language)} → ${decimal(bin.right, 0, language)}`).join(", ")}`,
  );
  const table = (
    <table className="runs-numbers">
      <caption className="only-read">{accuracy.calibration}</caption>
      <thead>
        <tr>
          <th scope="col">{useWords().runs.curves.run}</th>
          <th scope="col">{accuracy.said}</th>
          <th scope="col">{accuracy.right}</th>
          <th scope="col">{accuracy.faces}</th>
        </tr>
      </thead>
      <tbody>
        {filled.flatMap(({ name, bins }) =>
          bins.map((bin) => (
            <tr key={`${name} ${bin.said}`}>
              <th scope="row">{name}</th>
              <td>{decimal(bin.said, 1, language)}</td>
              <td>{`${decimal(bin.right, 1, language)} (${decimal(bin.low, 1, language)}–${decimal(bin.high, 1, language)})`}</td>
              <td>{bin.rows}</td>
            </tr>
          )),
        )}
      </tbody>
    </table>
  );
  return (
    <Chart
      title={accuracy.calibration}
      note={accuracy.calibrationNote}
      label={`${accuracy.calibration}. ${said.join("; ")}`}
      marks={marks}
      options={options}
      height={320}
      table={table}
    />
  );
}
