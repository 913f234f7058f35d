import { useState } from "react";
import { useLocation, useSearch } from "wouter";
import { useAbout } from "../../../client/library.ts";
import { Select } from "../../../design/select.tsx";
import { Problem, Waiting } from "../../../design/states.tsx";
import { useWords } from "../../../strings/language.ts";
import { LabelsHead } from "../parts/labels-head.tsx";
import { knowsLabels } from "./decision.ts";
import { ExportMenu } from "./export-menu.tsx";
import { LookThrough } from "./look-through.tsx";
import { NoLabels } from "./no-labels.tsx";
import { NothingDoubtful } from "./nothing-doubtful.tsx";
import { saysNoLabels, type Threshold, thresholds, useAudit } from "./use-audit.ts";

/** Labels that the model doubts, to be decided one after another. */
export function DoubtfulPage() {
  const { labels } = useWords();
  const { data: about } = useAbout();
  const [threshold, setThreshold] = useState<Threshold>("0.7");
  const [anyway, setAnyway] = useState(false);
  const audit = useAudit(threshold);
  const [, navigate] = useLocation();
  const asked = Number(new URLSearchParams(useSearch()).get("face") ?? Number.NaN);
  const select = (face: number) => navigate(`/labels?face=${face}`, { replace: true });

  const isWithout = about?.faces === 0 || saysNoLabels(audit.error);
  const isUnlikely = audit.data !== undefined && !anyway && !knowsLabels(audit.data);
  const list = audit.data?.doubtful ?? [];
  const isShown = audit.data !== undefined && !isWithout && !isUnlikely;
  return (
    <div className="screen stack">
      <LabelsHead lead={labels.lead}>
        {isShown && (
          <>
            <Select
              label={labels.least}
              inLine
              options={thresholds.map((id) => ({ id, name: labels.leasts[id] }))}
              value={threshold}
              onChange={setThreshold}
            />
            <ExportMenu threshold={threshold} isDisabled={list.length === 0} />
          </>
        )}
      </LabelsHead>
      {isWithout || isUnlikely ? (
        <NoLabels {...(isUnlikely && !isWithout && { onAnyway: () => setAnyway(true) })} />
      ) : audit.error !== null ? (
        <Problem error={audit.error} onRetry={() => void audit.refetch()} />
      ) : audit.data === undefined ? (
        <Waiting />
      ) : list.length === 0 ? (
        <NothingDoubtful faces={audit.data.faces} {...(threshold !== "0.5" && { onMore: () => setThreshold("0.5") })} />
      ) : (
        <LookThrough audit={audit.data} threshold={threshold} asked={asked} onSelect={select} />
      )}
    </div>
  );
}
