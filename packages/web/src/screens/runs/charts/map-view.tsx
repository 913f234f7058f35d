import { useEffect, useState } from "react";
import { Button } from "../../../design/button.tsx";
import { Look } from "../../../design/classes.tsx";
import { PauseIcon, PlayIcon } from "../../../design/icons/signs.tsx";
import { Slider } from "../../../design/slider.tsx";
import { Problem, Waiting } from "../../../design/states.tsx";
import { useLanguage, useWords } from "../../../strings/language.ts";
import { count } from "../../../strings/numbers.ts";
import { nearestOfClass } from "../data/nearest-of-class.ts";
import { useAct, useRunMap } from "../data/queries.ts";
import type { RunMap } from "../data/shapes.ts";
import { type RunStyle, runStyle } from "../data/styles.ts";
import { MapPlot } from "./map-plot.tsx";
import { decimal } from "./number-text.ts";
import { RunMark } from "./run-mark.tsx";

/** The maps of the chosen runs, each as it formed. */
export function MapView({ chosen }: { readonly chosen: readonly string[] }) {
  return (
    <div className="runs-charts">
      {chosen.map((name, i) => (
        <MapCard key={name} name={name} style={runStyle(i)} />
      ))}
    </div>
  );
}

/** Asks for the newest checkpoint whenever there is one that the map does not have. */
function MapCard({ name, style }: { readonly name: string; readonly style: RunStyle }) {
  const { map: words } = useWords().runs;
  const map = useRunMap(name);
  const bring = useAct("map");
  const { mutate } = bring;
  const { data } = map;
  const wanting = data?.state === "none" || (data?.state === "measured" && data.outdated);
  useEffect(() => {
    if (wanting) mutate(name);
  }, [wanting, mutate, name]);
  return (
    <figure className="card runs-chart">
      <figcaption>
        <h3 className="row tight">
          <RunMark style={style} />
          <span className="name">{name}</span>
        </h3>
        <p className="soft">{words.note}</p>
      </figcaption>
      {map.error !== null && <Problem error={map.error} />}
      {data === undefined && map.error === null && <Waiting />}
      {data?.state === "failed" && (
        <Problem error={new Error([data.problem.message, data.problem.hint].filter(Boolean).join(" "))} onRetry={() => mutate(name)} />
      )}
      {data?.state === "none" && <p className="soft">{bring.error === null ? `${words.forming} …` : words.none}</p>}
      {data?.state === "measuring" && (
        <p className="soft" role="status">
          {words.forming} …
        </p>
      )}
      {data?.state === "measured" && <Moments name={name} map={data.value} isForming={data.outdated} />}
    </figure>
  );
}

interface MomentsProps {
  readonly name: string;
  readonly map: RunMap;
  /** A newer checkpoint is on its way. */
  readonly isForming: boolean;
}

function Moments({ name, map, isForming }: MomentsProps) {
  const { map: words, table } = useWords().runs;
  const { language } = useLanguage();
  const last = map.moments.length - 1;
  const [at, setAt] = useState<number>();
  const playing = usePlaying(last, setAt);
  const shown = Math.min(at ?? last, last); // follows the newest until another is chosen
  const moment = map.moments[shown];
  if (moment === undefined) return null;
  const label = words.picture(count(map.ids.length, language), name, count(moment.step, language));
  const near = nearestOfClass(moment.positions, map.labels);
  return (
    <>
      <MapPlot map={map} positions={moment.positions} label={label} />
      {last > 0 && (
        <div className="runs-moments">
          <Button kind="quiet" icon={playing.isPlaying ? <PauseIcon /> : <PlayIcon />} onPress={playing.toggle}>
            {playing.isPlaying ? words.pause : words.play}
          </Button>
          <Slider
            label={words.moment}
            value={shown}
            min={0}
            max={last}
            onChange={(to) => setAt(to === last ? undefined : to)}
            valueText={words.at(count(moment.step, language))}
          />
        </div>
      )}
      {last === 0 && <p className="soft">{words.at(count(moment.step, language))}</p>}
      <p className="soft">
        {words.near}: {decimal(100 * near, 0, language)} %{isForming && ` · ${words.forming} …`}
      </p>
      <details className="runs-table">
        <summary>{table}</summary>
        <table className="runs-numbers">
          <caption className="only-read">{words.classes}</caption>
          <tbody>
            {map.classes.map((one, c) => (
              <tr key={one}>
                <th scope="row">
                  <Look name={one} classes={map.classes} />
                </th>
                <td>{map.labels.filter((label_) => label_ === c).length}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}

const betweenMoments = 900;

/** Goes from the first moment to the last, and stops there. */
function usePlaying(last: number, show: (at: number | undefined) => void) {
  const [next, setNext] = useState<number>();
  useEffect(() => {
    if (next === undefined) return;
    show(next >= last ? undefined : next);
    const timer = setTimeout(() => setNext(next >= last ? undefined : next + 1), betweenMoments);
    return () => clearTimeout(timer);
  }, [next, last, show]);
  return { isPlaying: next !== undefined, toggle: () => setNext(next === undefined ? 0 : undefined) };
}
