import type { World } from '../world/world';

/** Whether a text holds one of the words that the app's antispam check does not let pass. */
export function hitsAntispam(world: World, ...texts: string[]): boolean {
  const words = world.rooms.settings.antispamWords;
  return words.some((word) => texts.some((text) => text.includes(word)));
}

/** The SDK's numbers: a word is looked for as it is, and replaced. */
const LITERALLY = 1;
const REPLACE = 1;

/** The same words for a client that checks before it sends (`29_17`). */
export function antispamVocabulary(world: World): string {
  const keys = world.rooms.settings.antispamWords.map((key) => ({ key }));
  return JSON.stringify({ thesaurus: [{ keys, match: LITERALLY, operate: REPLACE }] });
}
