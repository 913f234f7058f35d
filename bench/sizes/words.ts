/** Two digits: what is computed is no better than that. */
const brief = (x: number): string => (x >= 100 ? Number(x.toPrecision(2)).toLocaleString("en-US") : String(Number(x.toPrecision(2))));

export const bytes = (n: number): string => inUnits(n, ["bytes", "kB", "MB", "GB", "TB"], 1000);
export const milliseconds = (n: number): string => (n < 1000 ? `${brief(n)} ms` : seconds(n / 1000));
export const money = (n: number): string => (n < 0.1 ? "under 0.1" : brief(n));
export const faces = (n: number): string => n.toLocaleString("en-US");

export function seconds(n: number): string {
  if (n < 90) return `${brief(n)} s`;
  return n < 5400 ? `${brief(n / 60)} min` : hours(n / 3600);
}

export function hours(n: number): string {
  if (n < 1.5) return n * 60 < 1 ? "under 1 min" : `${brief(n * 60)} min`;
  if (n < 72) return `${brief(n)} h`;
  return n < 24 * 365 ? `${brief(n / 24)} days` : `${brief(n / 24 / 365)} years`;
}

function inUnits(n: number, units: readonly string[], step: number): string {
  const at = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log(n) / Math.log(step))));
  return `${brief(n / step ** at)} ${units[at]}`;
}
