import { expressions } from "@semblant/core";
import { useEffect, useRef, useState } from "react";
import { api } from "../../../client/api.ts";
import { useAbout } from "../../../client/library.ts";
import { keys, queryClient } from "../../../client/query-client.ts";
import type { Photo } from "../../../client/shapes.ts";
import { Button } from "../../../design/button.tsx";
import { ClassMark } from "../../../design/classes.tsx";
import { CheckIcon } from "../../../design/icons/signs.tsx";
import { Progress } from "../../../design/progress.tsx";
import { Empty, Problem } from "../../../design/states.tsx";
import { useLanguage, useWords } from "../../../strings/language.ts";
import { count } from "../../../strings/numbers.ts";
import { FaceCloseUp } from "../parts/face-close-up.tsx";
import { KeyButton, KeysSwitch } from "../parts/key-button.tsx";
import { useKeys } from "../parts/use-keys.ts";
import { Agreement } from "./agreement.tsx";
import { changeVotes } from "./keep-votes.ts";
import type { Ballot, useVotes } from "./use-votes.ts";
import { type Choice, choices, type Voted, type VotedFace, withVote } from "./votes.ts";

export interface VotingProps {
  readonly all: ReturnType<typeof useVotes>;
  readonly voter: string;
  readonly onLeave: () => void;
}

/** The key of each choice: the eight classes, 9 for what cannot be said, 0 for what is no face. */
const keyOf = (i: number) => String((i + 1) % 10);

const queryOf = (photo: number) => {
  return {
    queryKey: keys.photo(photo),
    queryFn: ({ signal }: { readonly signal: AbortSignal }) => api<Photo>(`/photos/${photo}`, { signal }),
  };
};

/** What says which face it is that was voted on; where it was voted on before, as it was said then. */
async function votedOf({ face, photo }: Ballot, known: VotedFace | undefined): Promise<Voted> {
  // Where it is not there yet it is asked for apart: what is asked for to be shown is given up as soon as the next face is shown.
  const { version, path, faces } = queryClient.getQueryData<Photo>(keys.photo(photo)) ?? (await api<Photo>(`/photos/${photo}`));
  if (known !== undefined) return { face, version: known.version, path, box: known.box };
  const box = faces.find((one) => one.face === face)?.box;
  if (box === undefined) throw new Error(`There is no face ${face} in ${path} any more.`);
  return { face, version, path, box: [box.x, box.y, box.width, box.height] };
}

/** One face after another, ten choices, a key for each. */
export function Voting({ all, voter, onLeave }: VotingProps) {
  const { labels, look } = useWords();
  const { language } = useLanguage();
  const { data: about } = useAbout();
  const { ballots, byFace, votes } = all;
  const ownOf = (face: number) => byFace.get(face)?.votes.find((one) => one.voter === voter)?.choice;
  const nextOpen = (after: number) => {
    const open = (i: number) => ownOf(ballots[i]?.face as number) === undefined;
    const order = [...ballots.keys()].map((i) => (i + after + 1) % ballots.length);
    return order.find((i) => i !== after && open(i)) ?? -1;
  };
  const [at, setAt] = useState(() => nextOpen(-1));
  const [problem, setProblem] = useState<unknown>();
  const steps = useRef<{ readonly at: number; readonly before: Choice | undefined; readonly voted: Promise<Voted> }[]>([]);
  const ballot = ballots[at];
  const upcoming = ballots[nextOpen(at)]?.photo;
  useEffect(() => {
    if (upcoming !== undefined) void queryClient.prefetchQuery(queryOf(upcoming));
  }, [upcoming]);

  const own = ballot && ownOf(ballot.face);
  const readonly = about?.readonly === true;
  const keep = (voted: Promise<Voted>, choice: Choice | undefined) => {
    setProblem(undefined);
    voted.then((face) => changeVotes((before) => withVote(before, face, { voter, choice }))).catch(setProblem);
  };
  const vote = (choice: Choice | undefined) => {
    if (ballot === undefined || readonly) return;
    const known = byFace.get(ballot.face);
    const voted = votedOf(ballot, known);
    steps.current.push({ at, before: own, voted });
    keep(voted, choice);
    if (choice !== undefined) setAt(nextOpen(at));
  };
  const undo = () => {
    const step = steps.current.pop();
    if (step === undefined) return;
    keep(step.voted, step.before);
    setAt(step.at);
  };
  const go = (by: number) => setAt((before) => (Math.max(0, before) + by + ballots.length) % ballots.length);
  useKeys({
    ...Object.fromEntries(choices.map((choice, i) => [keyOf(i), () => vote(choice)])),
    s: () => go(1),
    arrowright: () => go(1),
    arrowleft: () => go(-1),
    u: undo,
    undo,
  });

  const nameOf = (choice: Choice) => (choice === "unknown" ? labels.votes.unknown : choice === "NF" ? labels.notFace : look(choice));
  const done = ballots.filter(({ face }) => ownOf(face) !== undefined).length;
  return (
    <div className="look-through">
      <div className="stack">
        <div className="row">
          <strong className="name">{labels.votes.as(voter)}</strong>
          <Button kind="inline" onPress={onLeave}>
            {labels.votes.change}
          </Button>
        </div>
        <Progress
          label={labels.votes.progress(voter)}
          value={done / ballots.length}
          valueText={labels.of(count(done, language), count(ballots.length, language))}
        />
        {problem !== undefined && <Problem error={problem} />}
        {readonly && <p className="soft">{labels.readonly}</p>}
        {ballot === undefined ? (
          <Empty icon={<CheckIcon />} title={labels.votes.allDone}>
            <div className="row tight">
              <Button onPress={() => setAt(0)}>{labels.votes.first}</Button>
              <Button kind="quiet" onPress={undo} isDisabled={steps.current.length === 0}>
                {labels.undo}
              </Button>
            </div>
          </Empty>
        ) : (
          <article className="voting card">
            <FaceCloseUp face={ballot.face} photo={ballot.photo} />
            <div className="choices">
              <h2>{labels.votes.question}</h2>
              {/* biome-ignore lint/a11y/useSemanticElements: a fieldset's legend cannot be hidden from a grid */}
              <div className="choices-classes" role="group" aria-label={labels.votes.question}>
                {choices.map((choice, i) => (
                  <KeyButton
                    key={choice}
                    hint={keyOf(i)}
                    {...(i < expressions.length && { icon: <ClassMark name={choice} classes={expressions} /> })}
                    onPress={() => vote(choice)}
                    isDisabled={readonly}
                    className={own === choice ? "chosen" : ""}
                  >
                    {nameOf(choice)}
                  </KeyButton>
                ))}
              </div>
              <p className="decided" role="status">
                {own !== undefined && (
                  <>
                    <CheckIcon />
                    {labels.votes.own(nameOf(own))}
                    <Button kind="inline" onPress={() => vote(undefined)}>
                      {labels.votes.takeBack}
                    </Button>
                  </>
                )}
              </p>
              <div className="row tight choices-more">
                <KeyButton hint="←" kind="quiet" onPress={() => go(-1)}>
                  {labels.back}
                </KeyButton>
                <KeyButton hint="S" kind="quiet" onPress={() => go(1)}>
                  {labels.skip}
                </KeyButton>
                <KeyButton hint="U" kind="quiet" onPress={undo} isDisabled={steps.current.length === 0}>
                  {labels.undo}
                </KeyButton>
              </div>
            </div>
          </article>
        )}
        <KeysSwitch />
      </div>
      <Agreement votes={votes} gone={all.gone} />
    </div>
  );
}
