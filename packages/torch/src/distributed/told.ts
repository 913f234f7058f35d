/** Seconds as they are said: "5 s", "10 min". */
export const told = (seconds: number): string => (seconds >= 120 ? `${Math.round(seconds / 6) / 10} min` : `${seconds} s`);

/** Ranks as they are said: "rank 2", "ranks 1, 3". */
export const toldRanks = (ranks: readonly number[]): string => `${ranks.length === 1 ? "rank" : "ranks"} ${ranks.join(", ")}`;
