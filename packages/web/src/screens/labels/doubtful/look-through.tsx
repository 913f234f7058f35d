import { useState } from "react";
import { useAbout, useClasses } from "../../../client/library.ts";
import type { Audit } from "../../../client/shapes.ts";
import { LinkButton } from "../../../design/button.tsx";
import { Progress } from "../../../design/progress.tsx";
import { Problem, Waiting } from "../../../design/states.tsx";
import { useLanguage, useWords } from "../../../strings/language.ts";
import { count } from "../../../strings/numbers.ts";
import { FaceCloseUp } from "../parts/face-close-up.tsx";
import { KeyButton, KeysSwitch } from "../parts/key-button.tsx";
import { useKeys } from "../parts/use-keys.ts";
import { WholePhoto } from "../parts/whole-photo.tsx";
import { AllDecided } from "./all-decided.tsx";
import { Choices, Given } from "./choices.tsx";
import { type Decision, type Doubtful, meaningOf, nextOpen } from "./decision.ts";
import { DoubtfulList } from "./doubtful-list.tsx";
import { Evidence } from "./evidence.tsx";
import type { Threshold } from "./use-audit.ts";
import { useDecisions } from "./use-decisions.ts";
import { usePreparedFace } from "./use-neighbours.ts";
import { Witnesses } from "./witnesses.tsx";

export interface LookThroughProps {
  readonly audit: Audit;
  readonly threshold: Threshold;
  /** The face in the address. */
  readonly asked: number;
  readonly onSelect: (face: number) => void;
}

/** One doubtful label after another: one key decides, and the next is there. */
export function LookThrough({ audit, threshold, asked, onSelect }: LookThroughProps) {
  const { labels } = useWords();
  const { language } = useLanguage();
  const { data: about } = useAbout();
  const classes = useClasses();
  const list = audit.doubtful;
  const decisions = useDecisions(onSelect);
  const { decided } = decisions;
  const [isPhotoOpen, setPhotoOpen] = useState(false);
  const [isGoingAgain, setGoingAgain] = useState(false);
  const done = list.filter(({ face }) => decided.has(face)).length;
  const first = nextOpen(list, decided, -1);
  const found = list.findIndex(({ face }) => face === asked);
  const at = found >= 0 ? found : list.findIndex(({ face }) => face === first);
  const shown: Doubtful | undefined = list[at] ?? (isGoingAgain ? list[0] : undefined);
  const next = nextOpen(list, decided, at);
  usePreparedFace(
    list.find(({ face }) => face === next),
    audit,
  );

  const readonly = about?.readonly === true;
  const go = (by: number) => {
    const to = list[(Math.max(0, at) + by + list.length) % list.length];
    if (to !== undefined) onSelect(to.face);
  };
  const decide = (decision: Decision) => {
    if (shown === undefined || readonly) return;
    decisions.decide(shown.face, decision);
    const to = nextOpen(list, { has: (face) => face === shown.face || decided.has(face) }, at);
    if (to !== undefined) onSelect(to);
  };
  const undo = () => {
    const face = decisions.undo();
    if (face !== undefined) onSelect(face);
  };
  const keep = () => shown && decide({ kind: "label", label: meaningOf(audit, shown.given) });
  const take = () => shown && decide({ kind: "label", label: meaningOf(audit, shown.suggested) });
  useKeys({
    k: keep,
    t: take,
    x: () => decide({ kind: "not a face" }),
    s: () => go(1),
    arrowright: () => go(1),
    arrowleft: () => go(-1),
    u: undo,
    undo,
    p: () => setPhotoOpen(true),
    ...Object.fromEntries(classes.slice(0, 9).map((label, i) => [String(i + 1), () => decide({ kind: "label", label })])),
  });

  if (decisions.isPending) return <Waiting />;
  return (
    <div className="look-through">
      <div className="stack">
        <Progress
          label={labels.progress}
          value={done / list.length}
          valueText={labels.of(count(done, language), count(list.length, language))}
        />
        {decisions.problem !== undefined && <Problem error={decisions.problem} />}
        {shown === undefined ? (
          <AllDecided threshold={threshold} onAgain={() => setGoingAgain(true)} {...(decisions.steps > 0 && { onUndo: undo })} />
        ) : (
          <article className="doubtful card">
            <div className="doubtful-face">
              <FaceCloseUp face={shown.face} photo={shown.photo} />
              <p className="soft name">{shown.path}</p>
              <div className="doubtful-ways">
                <KeyButton hint="P" kind="quiet" onPress={() => setPhotoOpen(true)}>
                  {labels.photo}
                </KeyButton>
                <LinkButton kind="quiet" href={`/search?face=${shown.face}`}>
                  {labels.similar}
                </LinkButton>
              </div>
            </div>
            <Given shown={shown} audit={audit} decision={decided.get(shown.face)} onTakeBack={() => decisions.takeBack(shown.face)} />
            <Choices
              shown={shown}
              audit={audit}
              isDisabled={readonly}
              canUndo={decisions.steps > 0}
              on={{
                keep,
                take,
                decide,
                undo,
                skip: () => go(1),
              }}
            />
            <div className="doubtful-why">
              <Witnesses witnesses={shown.witnesses} />
              <Evidence shown={shown} audit={audit} />
            </div>
            <WholePhoto face={shown.face} photo={shown.photo} isOpen={isPhotoOpen} onClose={() => setPhotoOpen(false)} />
          </article>
        )}
        <KeysSwitch />
      </div>
      <DoubtfulList audit={audit} decided={decided} shown={shown?.face} onSelect={onSelect} />
    </div>
  );
}
