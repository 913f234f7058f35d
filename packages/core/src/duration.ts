/**
 * Seconds as a person says them.
 *
 * @example
 * duration(42); // "42 s"
 * duration(75); // "1 min 15 s"
 * duration(7500); // "2 h 5 min"
 */
export function duration(seconds: number): string {
  const s = Math.round(seconds);
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
}
