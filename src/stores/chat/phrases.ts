import { makeObservable, observableRef, runInAction } from 'mobx';
import type { KeyValueStorage } from '@/platform';

/** The storage keys are this and the account id. */
export const PHRASES_PREFIX = 'yunxin.phrases.';
/** How many phrases an account can have. */
export const MOST_PHRASES = 50;
/** Longest phrase, characters. */
export const PHRASE_LENGTH = 500;

/**
 * Texts that the user writes often, the newest first. Stored on the device when the user stays signed in; the key is
 * removed when the account is left (`AccountStores.dispose`, `RootStore`).
 */
export class Phrases {
  list: readonly string[];
  private readonly key: string;

  constructor(
    accountId: string,
    private readonly storage: KeyValueStorage,
    private readonly staysSignedIn: () => boolean,
  ) {
    this.key = PHRASES_PREFIX + accountId;
    this.list = phrasesIn(storage.get(this.key));
    makeObservable(this, { list: observableRef });
  }

  /** Puts a phrase first; a known phrase moves. A full list keeps its phrases and returns false. */
  add(phrase: string): boolean {
    const others = this.list.filter((each) => each !== phrase);
    if (others.length >= MOST_PHRASES) return false;
    this.replace([phrase.slice(0, PHRASE_LENGTH), ...others]);
    return true;
  }

  remove(phrase: string): void {
    this.replace(this.list.filter((each) => each !== phrase));
  }

  dispose(): void {
    runInAction(() => (this.list = []));
  }

  private replace(list: readonly string[]): void {
    runInAction(() => (this.list = list));
    if (this.staysSignedIn()) this.storage.set(this.key, JSON.stringify(list));
  }
}

/** Storage may hold the data of another version. */
function phrasesIn(stored: unknown): readonly string[] {
  try {
    const all: unknown = JSON.parse(String(stored));
    if (!Array.isArray(all)) return [];
    return all.filter((each): each is string => typeof each === 'string').slice(0, MOST_PHRASES);
  } catch {
    return [];
  }
}
