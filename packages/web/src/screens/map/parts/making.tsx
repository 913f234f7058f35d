import { Button } from "../../../design/button.tsx";
import { PauseIcon, PlayIcon } from "../../../design/icons/signs.tsx";
import { Progress } from "../../../design/progress.tsx";
import { Problem } from "../../../design/states.tsx";
import { useLanguage, useWords } from "../../../strings/language.ts";
import { count } from "../../../strings/numbers.ts";
import type { FaceMap } from "../keeping/map-keeper.ts";

export interface MakingProps {
  readonly map: FaceMap;
  readonly onPause: () => void;
  readonly onResume: () => void;
}

/** How far the map is, while it is made; and why it is not, or not kept. */
export function Making({ map, onPause, onResume }: MakingProps) {
  const { map: words } = useWords();
  const { language } = useLanguage();
  const { state, iteration, iterations, error, unkept } = map;
  const steps = words.step(count(iteration, language), count(iterations, language));
  const isUnfinished = state === "still" && iteration > 0 && iteration < iterations;
  return (
    <>
      {error !== undefined && <Problem error={error} onRetry={onResume} />}
      {unkept !== undefined && (
        <div>
          <p className="soft">{words.unkept}</p>
          <Problem error={unkept} />
        </div>
      )}
      {(state === "making" || state === "paused") && (
        <div className="map-making">
          <Progress
            label={state === "paused" ? words.paused : words.making}
            {...(iteration > 0 && { value: iteration / iterations })}
            valueText={iteration > 0 ? steps : words.measuring}
          />
          {state === "paused" ? (
            <Button icon={<PlayIcon />} onPress={onResume}>
              {words.resume}
            </Button>
          ) : (
            <Button icon={<PauseIcon />} onPress={onPause}>
              {words.pause}
            </Button>
          )}
        </div>
      )}
      {(state === "looking" || state === "placing") && (
        <div className="map-making">
          <Progress label={words[state]} />
        </div>
      )}
      {isUnfinished && error === undefined && (
        <div className="map-making">
          <p className="soft">{words.unfinished(count(iteration, language), count(iterations, language))}</p>
          <Button icon={<PlayIcon />} onPress={onResume}>
            {words.resume}
          </Button>
        </div>
      )}
    </>
  );
}
