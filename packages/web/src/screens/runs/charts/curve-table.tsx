import { useLanguage, useWords } from "../../../strings/language.ts";
import type { Curve } from "./line-marks.ts";
import { decimal } from "./number-text.ts";

export interface CurveTableProps {
  readonly curves: readonly Curve[];
  readonly digits: number;
  readonly caption: string;
  /** What stands along the axis, where it is not the step. */
  readonly along?: string;
}

/** Curves as rows: one per point of the axis, one column per run. */
export function CurveTable({ curves, digits, caption, along }: CurveTableProps) {
  const { runs } = useWords();
  const { language } = useLanguage();
  const at = [...new Set(curves.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);
  const of = curves.map(({ points }) => new Map(points.map((point) => [point.x, point])));
  return (
    <table className="runs-numbers">
      <caption className="only-read">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{along ?? runs.curves.step}</th>
          {curves.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {at.map((x) => (
          <tr key={x}>
            <th scope="row">{x}</th>
            {of.map((points, i) => {
              const point = points.get(x);
              const range =
                point?.low === undefined ? "" : ` (${decimal(point.low, digits, language)}–${decimal(point.high, digits, language)})`;
              return <td key={curves[i]?.name}>{point === undefined ? "" : decimal(point.y, digits, language) + range}</td>;
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
