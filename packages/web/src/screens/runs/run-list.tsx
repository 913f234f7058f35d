import { IconButton } from "../../design/button.tsx";
import { CloseIcon, PlayIcon, StopIcon } from "../../design/icons/signs.tsx";
import { notify } from "../../design/notices.tsx";
import { Progress } from "../../design/progress.tsx";
import { Problem } from "../../design/states.tsx";
import { Checkbox } from "../../design/switches.tsx";
import { useLanguage, useWords } from "../../strings/language.ts";
import { count } from "../../strings/numbers.ts";
import { decimal } from "./charts/number-text.ts";
import { RunMark } from "./charts/run-mark.tsx";
import { mostChosen } from "./data/choice.ts";
import { useAct } from "./data/queries.ts";
import type { Run } from "./data/shapes.ts";
import { runStyle } from "./data/styles.ts";

export interface RunListProps {
  readonly runs: readonly Run[];
  readonly chosen: readonly string[];
  /** Those of them that are in the charts. */
  readonly shown: readonly string[];
  readonly onChoose: (chosen: readonly string[]) => void;
}

/** All runs: which are looked at, how each stands, and what can be done with it. */
export function RunList({ runs, chosen, shown, onChoose }: RunListProps) {
  const { list } = useWords().runs;
  const { language } = useLanguage();
  const toggle = (name: string, on: boolean) => {
    if (on && chosen.length >= mostChosen) return notify({ text: list.most(count(mostChosen, language)) });
    onChoose(on ? [...chosen, name] : chosen.filter((one) => one !== name));
  };
  return (
    <ul className="runs-list" aria-label={list.label}>
      {runs.map((run) => (
        <li key={run.name} className={chosen.includes(run.name) ? "chosen" : ""}>
          <RunItem run={run} isChosen={chosen.includes(run.name)} place={shown.indexOf(run.name)} onToggle={(on) => toggle(run.name, on)} />
        </li>
      ))}
    </ul>
  );
}

interface RunItemProps {
  readonly run: Run;
  readonly isChosen: boolean;
  /** In the charts; −1 where it is in none. */
  readonly place: number;
  readonly onToggle: (on: boolean) => void;
}

function RunItem({ run, isChosen, place, onToggle }: RunItemProps) {
  const { list } = useWords().runs;
  const { language } = useLanguage();
  const duration = useDuration();
  const isActive = run.state === "running" || run.state === "starting";
  return (
    <>
      <div className="runs-item-head">
        <Checkbox isSelected={isChosen} onChange={onToggle}>
          {place >= 0 && <RunMark style={runStyle(place)} />}
          <span className="name">{run.name}</span>
        </Checkbox>
        <span className={`badge ${badge[run.state]}`}>{list.states[run.state]}</span>
        <Act run={run} />
      </div>
      <p className="soft numbers">
        {[
          run.steps > 0 && list.step(count(run.step, language), count(run.steps, language)),
          run.best === null ? run.steps > 0 && list.unmeasured : list.best(`${decimal(run.best.value, 1, language)} %`),
          run.state === "running" && run.secondsLeft !== null && list.left(duration(run.secondsLeft)),
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
      {isActive && <ProgressBar run={run} />}
      {run.problem !== null && <Problem error={new Error([run.problem.message, run.problem.hint].filter(Boolean).join(" "))} />}
      {run.problem === null && run.state === "failed" && run.message !== null && <p className="field-error">{run.message}</p>}
    </>
  );
}

const badge = { starting: "", running: "", stopped: "", finished: "good", failed: "bad" } as const;

function ProgressBar({ run }: { readonly run: Run }) {
  const { list } = useWords().runs;
  return (
    <div className="runs-progress">
      <Progress label={list.progress(run.name)} value={run.state === "running" && run.steps > 0 ? run.step / run.steps : undefined} />
    </div>
  );
}

/** Stop, resume, or take a failed start from the list. */
function Act({ run }: { readonly run: Run }) {
  const { list } = useWords().runs;
  const [stop, resume, dismiss] = [useAct("stop"), useAct("resume"), useAct("dismiss")];
  const error = stop.error ?? resume.error;
  const canResume = run.state === "stopped" || (run.state === "failed" && run.problem !== null && run.checkpoint !== null);
  if (run.state === "running" || run.state === "starting") {
    const act = () => stop.mutate(run.name, { onSuccess: () => notify({ text: list.stopping }) });
    return <IconButton label={list.stop(run.name)} icon={<StopIcon />} onPress={act} isDisabled={stop.isPending} />;
  }
  return (
    <>
      {canResume && (
        <IconButton
          label={list.resume(run.name)}
          icon={<PlayIcon />}
          onPress={() => resume.mutate(run.name)}
          isDisabled={resume.isPending}
        />
      )}
      {run.state === "failed" && run.steps === 0 && (
        <IconButton label={list.dismiss(run.name)} icon={<CloseIcon />} onPress={() => dismiss.mutate(run.name)} />
      )}
      {error !== null && <Problem error={error} />}
    </>
  );
}

/** "40 s", "12 min", "2 h". */
function useDuration(): (seconds: number) => string {
  const { times } = useWords().runs;
  const { language } = useLanguage();
  return (seconds) => {
    if (seconds < 90) return times.seconds(count(Math.ceil(seconds), language));
    if (seconds < 5400) return times.minutes(count(Math.round(seconds / 60), language));
    return times.hours(decimal(seconds / 3600, 1, language));
  };
}
