import type { Language } from '@/i18n';

const EXACT_BELOW: Readonly<Record<Language, number>> = { 'zh-CN': 10_000, en: 1_000 };
const UNITS: Readonly<Record<Language, readonly (readonly [size: number, unit: string])[]>> = {
  'zh-CN': [
    [100_000_000, '\u4ebf'],
    [10_000, '\u4e07'],
  ],
  en: [
    [1_000_000, 'M'],
    [1_000, 'K'],
  ],
};

/** A count that stays short however many: 128, 1.2万 or 12.3K. Cut, not rounded: never more than there are. */
export function shortCount(count: number, language: Language): string {
  if (count < EXACT_BELOW[language]) return String(count);
  const [size, unit] = UNITS[language].find(([least]) => count >= least) ?? [1, ''];
  return `${Math.floor((count / size) * 10) / 10}${unit}`;
}
