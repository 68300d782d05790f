import { inLanguage, type Language, type Written, writtenOf } from '@/i18n';
import { COUNT_UNITS } from './texts';

const EXACT_BELOW: Readonly<Record<Written, number>> = { 'zh-CN': 10_000, en: 1_000 };

/** A count in a short form: 128 or 12.3K. Cut instead of rounded, so the form never exceeds the count. */
export function shortCount(count: number, language: Language): string {
  const written = writtenOf(language);
  if (count < EXACT_BELOW[written]) return String(count);
  const [size, unit] = COUNT_UNITS[written].find(([least]) => count >= least) ?? [1, ''];
  return `${Math.floor((count / size) * 10) / 10}${inLanguage({ zh: unit, en: unit }, language)}`;
}
