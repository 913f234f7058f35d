import { useLocation, useSearch } from "wouter";
import type { Run } from "./shapes.ts";

/** Runs at a time: more cannot be told apart. */
export const mostChosen = 12;

/** Whether there is anything to be shown of a run: one that starts has no folder until its data are read. */
export const hasFolder = ({ steps, checkpoint, state }: Run): boolean =>
  steps > 0 || checkpoint !== null || (state !== "failed" && state !== "starting");

/** The runs that are looked at: those of the address, or the newest, in the order of the choice. */
export function chosenOf(search: string, runs: readonly Run[]): string[] {
  const there = new Set(runs.map(({ name }) => name));
  const asked = new URLSearchParams(search).getAll("run").filter((name) => there.has(name));
  if (asked.length > 0) return [...new Set(asked)].slice(0, mostChosen);
  const first = runs.find(({ state }) => state === "running") ?? runs[0];
  return first === undefined ? [] : [first.name];
}

/** Which runs and which view are in the address, so that a link opens the same again. */
export function useChoice(runs: readonly Run[]) {
  const search = useSearch();
  const [, navigate] = useLocation();
  const chosen = chosenOf(search, runs);
  const view = new URLSearchParams(search).get("view") ?? "curves";
  const go = (names: readonly string[], to: string) => {
    const query = new URLSearchParams([...names.map((name): [string, string] => ["run", name]), ["view", to]]);
    navigate(`/runs?${query}`, { replace: true });
  };
  return { chosen, view, choose: (names: readonly string[]) => go(names, view), show: (to: string) => go(chosen, to) };
}
