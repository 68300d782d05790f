/** Formats a remaining time in seconds: 0:29, 12:05, 1:00:00. */
export function remaining(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const parts = hours > 0 ? [hours, two(minutes)] : [minutes];
  return [...parts, two(seconds % 60)].join(':');
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
