const COLOURS = 8;

/** What stands for a name: its first visible character, Latin letters as capitals. */
export function initialOf(name: string): string {
  const [first = ''] = name.trim();
  return first.toUpperCase();
}

/** Which of the eight avatar colours an account has; the same everywhere, for ever. */
export function avatarColour(accountId: string): number {
  let hash = 0;
  for (const character of accountId) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return hash % COLOURS;
}
