import type { World } from '../world/world';

/** Tells whether a text contains a word that the app's antispam check rejects. */
export function hitsAntispam(world: World, ...texts: string[]): boolean {
  const words = world.rooms.settings.antispamWords;
  return words.some((word) => texts.some((text) => text.includes(word)));
}

/** The SDK's constants for matching a word literally and replacing it. */
const LITERALLY = 1;
const REPLACE = 1;

/** The antispam words for a client that checks before sending (`29_17`). */
export function antispamVocabulary(world: World): string {
  const keys = world.rooms.settings.antispamWords.map((key) => ({ key }));
  return JSON.stringify({ thesaurus: [{ keys, match: LITERALLY, operate: REPLACE }] });
}
