import { useState } from "react";
import { Button } from "../../design/button.tsx";
import { Look } from "../../design/classes.tsx";
import { AdaptIcon } from "../../design/icons/screens.tsx";
import { StopIcon } from "../../design/icons/signs.tsx";
import { Progress } from "../../design/progress.tsx";
import { Problem } from "../../design/states.tsx";
import { Checkbox } from "../../design/switches.tsx";
import { useLanguage, useWords } from "../../strings/language.ts";
import { count } from "../../strings/numbers.ts";
import { type FaceRow, ownClassesOf } from "./faces-to-choose.ts";
import type { useAdapting } from "./use-adapting.ts";

export interface YourLabelsProps {
  readonly rows: readonly FaceRow[];
  readonly classes: readonly string[];
  readonly canAdapt: boolean;
  readonly adapting: ReturnType<typeof useAdapting>;
}

/** How many faces a person labelled per expression, what is still missing, and the adapting itself. */
export function YourLabels({ rows, classes, canAdapt, adapting }: YourLabelsProps) {
  const { adapt } = useWords();
  const { language } = useLanguage();
  const { yours } = adapt;
  const [only, setOnly] = useState(false);
  const own = ownClassesOf(rows, classes);
  const { job, isRunning, start, stop } = adapting;
  const hasNew = own.some(({ isNew }) => isNew);
  const isEnough = own.length > 1 && own.every(({ lacks }) => lacks === 0);
  const run = () => start.mutate({ kind: "adapt", ...(hasNew && { newClasses: "all" as const }), ...(only && { only }) });
  return (
    <section className="card stack tight">
      <h2>{yours.title}</h2>
      {own.length === 0 ? (
        <p className="soft">{yours.none}</p>
      ) : (
        <ul className="own-classes">
          {own.map(({ name, faces, isNew, lacks }) => (
            <li key={name}>
              <span className="own-name">
                <Look name={name} classes={classes} />
                {isNew && <span className="badge">{yours.isNew}</span>}
              </span>
              <span className="numbers">{yours.count(count(faces, language))}</span>
              {lacks > 0 && <span className="soft lacks">{yours.lacks(count(lacks, language))}</span>}
            </li>
          ))}
        </ul>
      )}
      {own.length < 2 && <p className="soft">{yours.classes}</p>}
      {canAdapt && own.length > 0 && (
        <>
          {own.length > 1 && (
            <Checkbox isSelected={only} onChange={setOnly} isDisabled={isRunning}>
              {yours.only}
            </Checkbox>
          )}
          {isRunning && job !== undefined ? (
            <>
              <Progress
                label={job.progress.total === undefined ? yours.reading : yours.running}
                value={job.progress.total === undefined ? undefined : job.progress.done / job.progress.total}
              />
              <div>
                <Button icon={<StopIcon />} onPress={() => stop.mutate(job.id)} isDisabled={stop.isPending}>
                  {yours.stop}
                </Button>
              </div>
            </>
          ) : (
            <div>
              <Button kind="primary" icon={<AdaptIcon />} onPress={run} isDisabled={!isEnough || start.isPending}>
                {yours.run}
              </Button>
            </div>
          )}
        </>
      )}
      {start.error !== null && <Problem error={start.error} />}
      {job?.state === "stopped" && <p className="soft">{yours.stopped}</p>}
      {job?.state === "failed" && (
        <div role="alert">
          <p>
            <b>{yours.failed}</b> {job.problem?.message}
          </p>
          {job.problem?.hint !== undefined && <p className="soft">{job.problem.hint}</p>}
        </div>
      )}
    </section>
  );
}
