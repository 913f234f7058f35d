import { useState } from "react";
import { saveFile } from "../../../client/save.ts";
import { Button } from "../../../design/button.tsx";
import { DownloadIcon } from "../../../design/icons/signs.tsx";
import { Segments } from "../../../design/select.tsx";
import { useWords } from "../../../strings/language.ts";
import type { SessionState } from "../session/session.ts";
import { timelineCsv } from "../timeline/csv.ts";
import { runsOf, sightingsOf, type Telling } from "../timeline/looks.ts";
import { TimelineChart } from "./timeline-chart.tsx";
import { TimelineTable } from "./timeline-table.tsx";

export interface TimelineCardProps {
  readonly state: SessionState;
  readonly telling: Telling;
  readonly face: number | undefined;
  /** Milliseconds. */
  readonly time: number;
  readonly onTime: (time: number) => void;
  readonly onClear: (() => void) | undefined;
}

/** How the chosen face looked over time, as a chart or a table, and as a file. */
export function TimelineCard({ state, telling, face, time, onTime, onClear }: TimelineCardProps) {
  const { timeline, faces } = useWords().live;
  const [view, setView] = useState<"chart" | "table">("chart");
  const { recording, length, extent } = state;
  const seen = face === undefined ? [] : sightingsOf(recording.moments, face);
  const last = recording.moments.at(-1)?.time ?? 0;
  const first = recording.moments[0]?.time ?? 0;
  const span: readonly [number, number] = length === undefined ? [first, Math.max(last, first + 1000)] : [0, length * 1000];
  const save = () => {
    if (extent === undefined) return;
    const csv = timelineCsv(recording.moments, telling.classes, extent);
    saveFile(new Blob([csv], { type: "text/csv;charset=utf-8" }), `${nameOf(state.name)}.csv`);
  };
  return (
    <section className="card live-timeline">
      <header className="row">
        <h2>{timeline.title}</h2>
        {face !== undefined && <span className="soft">{faces.name(String(face))}</span>}
        <div className="row push">
          <Segments
            label={timeline.view}
            value={view}
            onChange={setView}
            options={[
              { id: "chart", name: timeline.chart },
              { id: "table", name: timeline.table },
            ]}
          />
          <Button icon={<DownloadIcon />} onPress={save}>
            {timeline.save}
          </Button>
          {onClear !== undefined && (
            <Button kind="quiet" onPress={onClear}>
              {timeline.clear}
            </Button>
          )}
        </div>
      </header>
      {view === "chart" ? (
        <TimelineChart seen={seen} runs={runsOf(seen, telling)} telling={telling} span={span} time={time} onTime={onTime} />
      ) : (
        <TimelineTable seen={seen} telling={telling} />
      )}
    </section>
  );
}

/** A file's name without its ending. */
function nameOf(file: string | undefined): string {
  return file?.replace(/\.[^.]*$/, "") ?? "camera";
}
