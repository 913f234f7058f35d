import { Button } from "../../../design/button.tsx";
import { Problem, Waiting } from "../../../design/states.tsx";
import { useLanguage, useWords } from "../../../strings/language.ts";
import { count } from "../../../strings/numbers.ts";
import { useAct, useDetails, useEvaluations } from "../data/queries.ts";
import type { Evaluation, Measured } from "../data/shapes.ts";
import { type RunStyle, runStyle } from "../data/styles.ts";
import { Calibration } from "./calibration.tsx";
import { ClassTable } from "./class-table.tsx";
import { Confusion } from "./confusion.tsx";
import { Retrieval } from "./retrieval.tsx";
import { RunMark } from "./run-mark.tsx";

/** What the chosen runs are worth: side by side where they were measured, and a button where they were not. */
export function AccuracyView({ chosen }: { readonly chosen: readonly string[] }) {
  const evaluations = useEvaluations(chosen);
  const details = useDetails(chosen);
  const parts = chosen.map((name, i) => ({
    name,
    style: runStyle(i),
    hasWeights: details[i]?.data?.weights ?? true,
    measured: evaluations[i]?.data,
    error: evaluations[i]?.error ?? null,
  }));
  const measured = parts.flatMap(({ name, style, measured: one }) =>
    one?.state === "measured" ? [{ name, style, evaluation: one.value }] : [],
  );
  return (
    <div className="stack">
      <ul className="runs-measures">
        {parts.map((part) => (
          <li key={part.name} className="card">
            <MeasureState {...part} />
          </li>
        ))}
      </ul>
      {measured.length > 0 && <Retrieval runs={measured} />}
      <div className="runs-charts">
        {measured.map((one) => (
          <Confusion key={`confusion ${one.name}`} {...one} />
        ))}
        {measured.length > 0 && <Calibration runs={measured} />}
        {measured.map((one) => (
          <ClassTable key={`classes ${one.name}`} {...one} />
        ))}
      </div>
    </div>
  );
}

interface MeasureStateProps {
  readonly name: string;
  readonly style: RunStyle;
  readonly hasWeights: boolean;
  readonly measured: Measured<Evaluation> | undefined;
  readonly error: unknown;
}

/** How far the measurement of a run is, and what can be done. */
function MeasureState({ name, style, hasWeights, measured, error }: MeasureStateProps) {
  const { accuracy } = useWords().runs;
  const { language } = useLanguage();
  const measure = useAct("evaluation");
  const title = (
    <h3 className="row tight">
      <RunMark style={style} />
      <span className="name">{name}</span>
    </h3>
  );
  const button = (text: string) => (
    <Button onPress={() => measure.mutate(name)} isDisabled={measure.isPending}>
      {text}
    </Button>
  );
  if (error !== null) return <Problem error={error} />;
  if (measured === undefined) return <Waiting />;
  return (
    <div className="row">
      <div>
        {title}
        {measured.state === "none" && <p className="soft">{hasWeights ? accuracy.none : accuracy.early}</p>}
        {measured.state === "measuring" && (
          <p className="soft" role="status">
            {accuracy.measuring} …
          </p>
        )}
        {measured.state === "measured" && (
          <p className="soft">
            {accuracy.of(count(measured.value.dataset.n, language), measured.value.dataset.name, measured.value.dataset.split)}
            {measured.outdated && ` · ${accuracy.outdated}`}
          </p>
        )}
        {measured.state === "failed" && (
          <Problem error={new Error([measured.problem.message, measured.problem.hint].filter(Boolean).join(" "))} />
        )}
        {measure.error !== null && <Problem error={measure.error} />}
      </div>
      <span className="push" />
      {measured.state === "none" && hasWeights && button(accuracy.measure)}
      {(measured.state === "failed" || (measured.state === "measured" && measured.outdated)) && button(accuracy.again)}
    </div>
  );
}
