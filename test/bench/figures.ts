/** One measured number and the limit it is held to. */
export interface Figure {
  name: string;
  value: number;
  budget: number;
  ok: boolean;
  unit: string;
  /** What the number was made of, for people. */
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

/** The least: what is left when nothing else was going on. */
export function best(values: readonly number[]): number {
  return Math.min(...values);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
