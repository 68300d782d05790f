import type { Property } from './packet';

/** Returns the text of a wire value: numbers and booleans become strings, everything else is empty. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return '';
}

/** Returns the number of a wire value, which may be a string; 0 for anything else. */
export function numberOf(value: unknown): number {
  const number = Number(textOf(value));
  return Number.isFinite(number) ? number : 0;
}

/** Tells whether a wire value is true: `true`, `1`, `"1"` or `"true"`. */
export function truthOf(value: unknown): boolean {
  const text = textOf(value);
  return text === 'true' || text === '1';
}

/** Tells whether a flag that is on by default is off. */
export function isSwitchedOff(value: unknown): boolean {
  const text = textOf(value);
  return text === 'false' || text === '0';
}

function isProperty(value: unknown): value is Property {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads the items of a request by position. Every method returns a neutral value for an item that is missing or
 * of another type, so a malformed request can be refused but never crashes a handler.
 */
export class RequestItems {
  constructor(private readonly items: readonly unknown[]) {}

  string(index: number): string {
    return textOf(this.items[index]);
  }

  number(index: number): number {
    return numberOf(this.items[index]);
  }

  bool(index: number): boolean {
    return truthOf(this.items[index]);
  }

  strings(index: number): string[] {
    const item = this.items[index];
    return Array.isArray(item) ? item.map(textOf).filter((text) => text !== '') : [];
  }

  numbers(index: number): number[] {
    const item = this.items[index];
    return Array.isArray(item) ? item.map(numberOf) : [];
  }

  property(index: number): Property {
    const item = this.items[index];
    return isProperty(item) ? item : {};
  }

  properties(index: number): Property[] {
    const item = this.items[index];
    return Array.isArray(item) ? item.filter(isProperty) : [];
  }
}
