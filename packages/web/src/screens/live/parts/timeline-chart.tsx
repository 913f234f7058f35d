import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from "react";
import { ClassMark } from "../../../design/classes.tsx";
import { useLanguage, useWords } from "../../../strings/language.ts";
import { percent } from "../../../strings/numbers.ts";
import { lookOf, type Run, type sightingsOf, type Telling } from "../timeline/looks.ts";
import { clock } from "./clock.ts";
import { Ribbon } from "./ribbon.tsx";
import { margin, timelinePlot } from "./timeline-plot.ts";
import { useWidth } from "./use-width.ts";

export interface TimelineChartProps {
  readonly seen: ReturnType<typeof sightingsOf>;
  readonly runs: readonly Run[];
  readonly telling: Telling;
  /** Milliseconds. */
  readonly span: readonly [from: number, to: number];
  readonly time: number;
  readonly onTime: (time: number) => void;
}

const height = 180;
/** Milliseconds that a key moves. */
const [little, much] = [200, 5000];
/** A sighting is told of a time within so many milliseconds. */
const near = 500;

/** The distribution over time. A press, a drag or the arrows move the place in time, and with it the video. */
export function TimelineChart({ seen, runs, telling, span, time, onTime }: TimelineChartProps) {
  const words = useWords();
  const { language } = useLanguage();
  const { timeline } = words.live;
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const [from, to] = span;
  const drawnAt = seen.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was seen grows with its length
  useEffect(() => {
    if (width > 0) chart.current?.replaceChildren(timelinePlot({ seen, telling, span, width, height }));
  }, [drawnAt, seen[0]?.sighting.face, telling.steady, telling.classes, from, to, width]);

  const at = Math.max(from, Math.min(to, time));
  const nearest = seen.reduce<(typeof seen)[number] | undefined>(
    (best, one) => (best === undefined || Math.abs(one.time - at) < Math.abs(best.time - at) ? one : best),
    undefined,
  );
  const look = nearest && Math.abs(nearest.time - at) <= near ? lookOf(nearest.sighting, telling) : undefined;
  const said = look === undefined ? timeline.nobody : `${words.look(look.expression)} ${percent(look.probability, language)}`;

  const inner = Math.max(1, width - margin.left - margin.right);
  const toPointer = (event: PointerEvent<HTMLElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left - margin.left;
    onTime(from + Math.max(0, Math.min(1, x / inner)) * (to - from));
  };
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: little,
    ArrowUp: little,
    ArrowLeft: -little,
    ArrowDown: -little,
    PageUp: much,
    PageDown: -much,
    Home: Number.NEGATIVE_INFINITY,
    End: Number.POSITIVE_INFINITY,
  };
  const onKey = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onTime(Math.max(from, Math.min(to, at + step)));
  };
  return (
    <div className="live-chart" ref={box}>
      <Ribbon runs={runs} span={span} classes={telling.classes} />
      <div
        className="live-scrub"
        role="slider"
        tabIndex={0}
        aria-label={timeline.scrub}
        aria-valuemin={Math.round(from)}
        aria-valuemax={Math.round(to)}
        aria-valuenow={Math.round(at)}
        aria-valuetext={timeline.at(clock(at), said)}
        onKeyDown={onKey}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          toPointer(event);
        }}
        onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && toPointer(event)}
      >
        <div ref={chart} className="live-plot-place" />
        <div className="live-cursor" style={{ left: margin.left + ((at - from) / Math.max(1, to - from)) * inner }} />
      </div>
      <p className="soft numbers">{timeline.at(clock(at), said)}</p>
      <ul className="live-legend">
        {telling.classes.map((name) => (
          <li key={name} className="look">
            <ClassMark name={name} classes={telling.classes} />
            {words.look(name)}
          </li>
        ))}
      </ul>
    </div>
  );
}
