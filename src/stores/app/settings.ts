import { action, computed, makeObservable, observableRef } from 'mobx';
import { type Language, languageOf } from '@/i18n';
import type { KeyValueStorage, Platform } from '@/platform';

export type Theme = 'light' | 'dark';

export const LANGUAGES: readonly Language[] = ['zh-CN', 'zh-TW', 'en'];

const KEY = 'yunxin.settings';

/** The user's choices; null follows the system. They belong to the device, not to an account. */
export class SettingsStore {
  chosenLanguage: Language | null = null;
  chosenTheme: Theme | null = null;
  /** Whether others are told what was read here, and their reading is shown. */
  readMarks = true;
  /** Whether the other side sees that the user writes, and the user that the other side does. */
  typing = true;
  /** The host's theme; the view keeps it up to date (WeChat reports changes through `onThemeChange`). */
  systemTheme: Theme = 'light';
  private readonly systemLanguage: Language;
  private readonly storage: KeyValueStorage;

  constructor(platform: Platform) {
    this.storage = platform.storage;
    this.systemLanguage = languageOf(platform.language());
    this.restore();
    makeObservable(this, {
      chosenLanguage: observableRef,
      chosenTheme: observableRef,
      readMarks: observableRef,
      typing: observableRef,
      systemTheme: observableRef,
      language: computed,
      theme: computed,
      chooseLanguage: action,
      chooseTheme: action,
      setReadMarks: action,
      setTyping: action,
      setSystemTheme: action,
    });
  }

  get language(): Language {
    return this.chosenLanguage ?? this.systemLanguage;
  }

  get theme(): Theme {
    return this.chosenTheme ?? this.systemTheme;
  }

  chooseLanguage(language: Language | null): void {
    this.chosenLanguage = language;
    this.save();
  }

  chooseTheme(theme: Theme | null): void {
    this.chosenTheme = theme;
    this.save();
  }

  setReadMarks(readMarks: boolean): void {
    this.readMarks = readMarks;
    this.save();
  }

  setTyping(typing: boolean): void {
    this.typing = typing;
    this.save();
  }

  setSystemTheme(theme: Theme): void {
    this.systemTheme = theme;
  }

  private restore(): void {
    try {
      const saved = (JSON.parse(this.storage.get(KEY) ?? '{}') ?? {}) as Record<string, unknown>;
      if (LANGUAGES.some((each) => each === saved.language))
        this.chosenLanguage = saved.language as Language;
      if (saved.theme === 'light' || saved.theme === 'dark') this.chosenTheme = saved.theme;
      if (saved.readMarks === false) this.readMarks = false;
      if (saved.typing === false) this.typing = false;
    } catch {
      this.storage.remove(KEY);
    }
  }

  private save(): void {
    const { chosenLanguage: language, chosenTheme: theme, readMarks, typing } = this;
    this.storage.set(KEY, JSON.stringify({ language, theme, readMarks, typing }));
  }
}
