import { useMemo, useState } from "react";
import { Problem, Waiting } from "../../../design/states.tsx";
import { Switch } from "../../../design/switches.tsx";
import { useLanguage, useWords } from "../../../strings/language.ts";
import { useDetails, useSteps } from "../data/queries.ts";
import { groupsBySeed, meanCurve } from "../data/seeds.ts";
import type { RunSteps } from "../data/shapes.ts";
import { lossCurve, validationCurve } from "../data/steps.ts";
import { runStyle } from "../data/styles.ts";
import { Chart } from "./chart.tsx";
import { CurveTable } from "./curve-table.tsx";
import { type Curve, curveMarks } from "./line-marks.ts";
import { decimal } from "./number-text.ts";
import { Legend } from "./run-mark.tsx";

/** Loss and validation of the chosen runs, step by step, while they train. */
export function CurvesView({ chosen }: { readonly chosen: readonly string[] }) {
  const { runs } = useWords();
  const steps = useSteps(chosen);
  const details = useDetails(chosen);
  const [joined, setJoined] = useState(false);
  const settings = details.flatMap(({ data }, i) => (data === undefined ? [] : [{ name: chosen[i] as string, settings: data.settings }]));
  const groups = groupsBySeed(settings);
  const canJoin = groups.some((group) => group.length > 1);
  const shown = joined && canJoin ? groups : chosen.map((name) => [name]);
  const of = new Map(chosen.map((name, i) => [name, steps[i]?.data]));
  const error = steps.find((one) => one.error !== null)?.error ?? null;
  if (error !== null) return <Problem error={error} />;
  if (steps.every(({ data }) => data === undefined)) return <Waiting />;
  return (
    <div className="stack">
      {canJoin && (
        <Switch isSelected={joined} onChange={setJoined}>
          {runs.curves.join}
        </Switch>
      )}
      <Curves groups={shown} order={chosen} of={of} />
    </div>
  );
}

interface CurvesProps {
  readonly groups: readonly (readonly string[])[];
  readonly order: readonly string[];
  readonly of: ReadonlyMap<string, RunSteps | undefined>;
}

function Curves({ groups, order, of }: CurvesProps) {
  const { curves: words } = useWords().runs;
  const isJoined = groups.some((group) => group.length > 1);
  const curvesOf = (points: (steps: RunSteps) => Curve["points"]): Curve[] =>
    groups.flatMap((group) => {
      const first = group[0] as string;
      const single = group.flatMap((name) => of.get(name) ?? []).map(points);
      const made = group.length === 1 ? (single[0] ?? []) : meanCurve(single);
      const name = group.length === 1 ? first : words.joined(first, String(group.length));
      return made.length === 0 ? [] : [{ name, style: runStyle(order.indexOf(first)), points: made }];
    });
  const [loss, validation] = [curvesOf(lossCurve), curvesOf(validationCurve)];
  const metric = [...of.values()].find((one) => one?.metric != null)?.metric;
  if (loss.length === 0) return <p className="soft">{words.waiting}</p>;
  const toStep = Math.max(1, ...loss.flatMap(({ points }) => points.map(({ x }) => x)));
  return (
    <>
      <Legend items={loss} />
      <div className="runs-charts">
        <OneChart curves={loss} title={words.loss} note={isJoined ? words.joinedNote : words.lossNote} unit="" toStep={toStep} digits={3} />
        {validation.length === 0 ? (
          <p className="card soft">{words.noValidation}</p>
        ) : (
          <OneChart
            curves={validation}
            title={`${words.validation}: ${metric === "neighbors" ? words.metrics.neighbors : words.metrics.other}`}
            note={isJoined ? words.joinedNote : words.validationNote}
            unit={words.percent}
            toStep={toStep}
            digits={1}
          />
        )}
      </div>
    </>
  );
}

interface OneChartProps {
  readonly curves: readonly Curve[];
  readonly title: string;
  readonly note: string;
  readonly unit: string;
  readonly toStep: number;
  readonly digits: number;
}

function OneChart({ curves, title, note, unit, toStep, digits }: OneChartProps) {
  const { runs } = useWords();
  const { language } = useLanguage();
  const { step } = runs.curves;
  const marks = useMemo(
    () => curveMarks(curves, ({ name }, { x, y }) => `${name}\n${step} ${x}: ${decimal(y, digits, language)} ${unit}`.trim()),
    [curves, step, digits, language, unit],
  );
  const options = useMemo(
    () => ({
      x: { label: step, domain: [0, toStep], ticks: 5, tickFormat: ",d" },
      y: { label: unit === "" ? null : unit, grid: true, ticks: 5, nice: true, zero: false },
    }),
    [step, toStep, unit],
  );
  const ends = curves.map(
    ({ name, points }) => `${name}: ${decimal(points[0]?.y, digits, language)} → ${decimal(points.at(-1)?.y, digits, language)}`,
  );
  return (
    <Chart
      title={title}
      note={note}
      label={`${title}. ${ends.join("; ")}`}
      marks={marks}
      options={options}
      table={<CurveTable curves={curves} digits={digits} caption={title} />}
    />
  );
}
