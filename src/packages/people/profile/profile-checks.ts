import type { peopleTexts } from '../texts';

export type TextField = 'name' | 'birthday' | 'mobile' | 'email' | 'sign';

/** The server's limits, characters. */
const LIMITS: Readonly<Record<TextField, number>> = {
  name: 64,
  birthday: 10,
  mobile: 32,
  email: 64,
  sign: 256,
};

/** Returns the check of a field: why a text is refused, or null. An empty text removes all but the name. */
export function checkOf(
  field: TextField,
  t: ReturnType<typeof peopleTexts>,
): (typed: string) => string | null {
  return (typed) => {
    if (typed.length > LIMITS[field]) return t('profile.tooLong', { limit: LIMITS[field] });
    if (typed === '') return field === 'name' ? t('profile.required') : null;
    if (field === 'birthday' && !isDay(typed)) return t('profile.birthday');
    if (field === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(typed)) return t('profile.email');
    if (field === 'mobile' && !/^\+?[\d -]+$/.test(typed)) return t('profile.mobile');
    return null;
  };
}

/** A day that exists, written as 2000-01-31. */
function isDay(typed: string): boolean {
  const date = new Date(`${typed}T00:00:00Z`);
  return (
    /^\d{4}-\d\d-\d\d$/.test(typed) &&
    !Number.isNaN(date.getTime()) &&
    date.toISOString().startsWith(typed)
  );
}
