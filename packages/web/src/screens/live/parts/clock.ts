/** Milliseconds as a clock shows them, to a tenth of a second: "1:23.4". */
export function clock(time: number): string {
  const tenths = Math.floor(Math.max(0, time) / 100);
  const [minutes, rest] = [Math.floor(tenths / 600), tenths % 600];
  return `${minutes}:${String(Math.floor(rest / 10)).padStart(2, "0")}.${rest % 10}`;
}
