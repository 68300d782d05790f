/** A measured number and its limit. */
export interface Figure {
  name: string;
  value: number;
  budget: number;
  ok: boolean;
  unit: string;
  /** Parts of the number, for readers of the log. */
  note?: string;
}

interface Limit {
  unit?: string;
  note?: string;
}

export function atMost(
  name: string,
  value: number,
  budget: number,
  { unit = '', note }: Limit = {},
): Figure {
  return { name, value, budget, ok: value <= budget, unit, ...(note ? { note } : {}) };
}

export function atLeast(
  name: string,
  value: number,
  budget: number,
  { unit = '', note }: Limit = {},
): Figure {
  return { name, value, budget, ok: value >= budget, unit, ...(note ? { note } : {}) };
}

export function ratio(numerator: number, denominator: number): number {
  return Math.round((numerator / denominator) * 1000) / 1000;
}

/** Returns the least value, because other processes only add time. */
export function best(values: readonly number[]): number {
  return Math.min(...values);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
