const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

const two = (value: number) => String(value).padStart(2, "0");

/**
 * A moment as a person says it, by this machine's clock, as cameras' times are read.
 *
 * @example
 * moment(new Date(2024, 4, 3, 14, 5).getTime()); // "3 May 2024, 14:05"
 */
export function moment(taken: number): string {
  const date = new Date(taken);
  return `${day(taken)}, ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/**
 * @example
 * day(new Date(2024, 4, 3, 14, 5).getTime()); // "3 May 2024"
 */
export function day(taken: number): string {
  const date = new Date(taken);
  return `${date.getDate()} ${months[date.getMonth()]} ${date.getFullYear()}`;
}
