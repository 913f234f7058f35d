import type { Shot } from "./use-best.ts";

/** The shots of a moment with the one that a person chose first. */
export function ordered(shots: readonly Shot[], chosen: readonly number[]): Shot[] {
  const own = shots.find(({ photo }) => chosen.includes(photo));
  return own === undefined ? [...shots] : [own, ...shots.filter((shot) => shot !== own)];
}

/** The choices with one more: of a moment's shots only one is chosen. */
export function choose(chosen: readonly number[], shots: readonly Shot[], photo: number): number[] {
  const own = new Set(shots.map((shot) => shot.photo));
  return [...chosen.filter((id) => !own.has(id)), photo];
}
