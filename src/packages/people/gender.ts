import type { PeopleKey } from './texts';

/** The text of a gender: the server has 0 unknown, 1 male, 2 female, and whatever an old client wrote. */
export function genderKey(gender: number | undefined): PeopleKey {
  return gender === 1 || gender === 2 ? `gender.${gender}` : 'gender.0';
}
