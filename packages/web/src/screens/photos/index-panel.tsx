import { useJob } from "../../client/library.ts";
import { Button } from "../../design/button.tsx";
import { PlayIcon, StopIcon } from "../../design/icons/signs.tsx";
import { Progress } from "../../design/progress.tsx";
import { Problem } from "../../design/states.tsx";
import { useLanguage, useWords, type Words } from "../../strings/language.ts";
import { count } from "../../strings/numbers.ts";

/** The reading of photos: how far it is, to stop and to go on. */
export function IndexPanel() {
  const { photos } = useWords();
  const { language } = useLanguage();
  const { job, isRunning, start, stop } = useJob("index");
  const goOn = (
    <Button icon={<PlayIcon />} onPress={() => start.mutate({ kind: "index" })} isDisabled={start.isPending}>
      {photos.index.goOn}
    </Button>
  );
  if (start.error !== null) return <Problem error={start.error} onRetry={() => start.mutate({ kind: "index" })} />;
  if (job === undefined || job.state === "done") return null;
  if (isRunning) {
    const { done, total, secondsLeft } = job.progress;
    const left = secondsLeft === undefined ? "" : ` · ${leftInWords(secondsLeft, photos)}`;
    const isStopping = stop.isPending || stop.data?.id === job.id;
    return (
      <section className="card photos-index">
        <Progress
          label={total === undefined ? photos.index.looking : photos.index.running}
          value={total === undefined || total === 0 ? undefined : done / total}
          valueText={total === undefined ? "" : `${photos.add.of(count(done, language), count(total, language))}${left}`}
        />
        <Button icon={<StopIcon />} onPress={() => stop.mutate(job.id)} isDisabled={isStopping}>
          {isStopping ? photos.index.stopping : photos.index.stop}
        </Button>
      </section>
    );
  }
  return (
    <section className="card photos-index">
      {job.state === "stopped" ? (
        <p>{photos.index.stopped}</p>
      ) : (
        <div>
          <p>
            <b>{photos.index.failed}</b> {job.problem?.message}
          </p>
          {job.problem?.hint !== undefined && <p className="soft">{job.problem.hint}</p>}
        </div>
      )}
      {goOn}
    </section>
  );
}

function leftInWords(seconds: number, words: Words["photos"]): string {
  return seconds >= 90
    ? words.index.minutes(String(Math.round(seconds / 60)))
    : words.index.seconds(String(Math.max(1, Math.round(seconds))));
}
