import { useCallback, useMemo, useRef, useState } from "react";
import { correct, useCorrections, withdraw } from "../../../client/library.ts";
import { keys, queryClient } from "../../../client/query-client.ts";
import { correctionOf, type Decision, decisionsIn } from "./decision.ts";

/** A decision on its way or kept; its number comes with the answer. */
interface Step {
  readonly face: number;
  readonly decision: Decision;
  id?: number;
}

/** Requests go one after the other, in the order of the keys. */
let last: Promise<unknown> = Promise.resolve();
const inTurn = (work: () => Promise<unknown>) => {
  last = last.then(work, work);
  return last;
};

/** What was decided, and by how many steps that can be undone: a decision counts at once, and is kept a moment later. */
export function useDecisions(onFailure: (face: number) => void) {
  const corrections = useCorrections();
  const steps = useRef<Step[]>([]);
  const gone = useRef(new Set<number>());
  const [turn, setTurn] = useState(0);
  const [problem, setProblem] = useState<unknown>();
  const again = useCallback(() => setTurn((before) => before + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` says that the steps are others
  const decided = useMemo(() => {
    const kept = decisionsIn((corrections.data ?? []).filter(({ id }) => !gone.current.has(id)));
    const own = steps.current.map(({ face, decision, id = -1 }) => [face, { ...decision, id }] as const);
    return new Map([...kept, ...own]);
  }, [corrections.data, turn]);

  const take = (id: number) => {
    gone.current.add(id);
    again();
    return withdraw(id).then(
      () => queryClient.invalidateQueries({ queryKey: keys.corrections }),
      (error: unknown) => {
        gone.current.delete(id);
        setProblem(error);
        again();
      },
    );
  };
  return {
    decided,
    isPending: corrections.isPending,
    problem,
    steps: steps.current.length,
    decide(face: number, decision: Decision) {
      const step: Step = { face, decision };
      steps.current.push(step);
      setProblem(undefined);
      again();
      void inTurn(async () => {
        try {
          step.id = await correct(correctionOf(face, decision));
        } catch (error) {
          steps.current = steps.current.filter((one) => one !== step);
          setProblem(error);
          onFailure(face);
        }
        again();
      });
    },
    /** Takes the last decision back; @returns whose it was. */
    undo(): number | undefined {
      const step = steps.current.pop();
      if (step === undefined) return undefined;
      again();
      void inTurn(async () => (step.id === undefined ? undefined : take(step.id)));
      return step.face;
    },
    /** Takes what was decided of a face back, also on another day. */
    takeBack(face: number) {
      const own = steps.current.filter((step) => step.face === face);
      steps.current = steps.current.filter((step) => step.face !== face);
      const kept = (corrections.data ?? []).filter(({ kind, faces }) => faces[0] === face && (kind === "label" || kind === "not a face"));
      again();
      void inTurn(async () => {
        const ids = new Set([...kept.map(({ id }) => id), ...own.flatMap(({ id }) => (id === undefined ? [] : [id]))]);
        for (const id of ids) if (!gone.current.has(id)) await take(id);
      });
    },
  };
}
