import { action, computed, makeObservable, observableRef } from 'mobx';
import { type Language, languageOf } from '@/i18n';
import type { KeyValueStorage, Platform } from '@/platform';

export type Theme = 'light' | 'dark';

export const LANGUAGES: readonly Language[] = ['zh-CN', 'zh-TW', 'en'];

const KEY = 'yunxin.settings';

/** The switches of the settings, with the state of a new device. */
const SWITCHES = {
  /** Whether others are told what was read here, and their reading is shown. */
  readMarks: true,
  /** Whether the other side sees that the user writes, and the user that the other side does. */
  typing: true,
  /** Whether a new message is heard and felt while the app is on the screen. */
  sounds: true,
  vibration: true,
  /** Whether pictures are loaded after a tap only, when the network is not Wi-Fi. */
  dataSaver: false,
  /** Whether WeChat hides the screen in the app switcher and in captures, and the user is told of a capture. */
  privacy: false,
  /** Whether app clients are pushed to while a computer is online; the server's setting, as last chosen here. */
  push: true,
};

export type SwitchName = keyof typeof SWITCHES;

/** The user's choices; null follows the system. They belong to the device, not to an account. */
export class SettingsStore {
  chosenLanguage: Language | null = null;
  chosenTheme: Theme | null = null;
  /** The switches that are not as on a new device. */
  private changed: Readonly<Partial<Record<SwitchName, boolean>>> = {};
  /** The host's theme; the view keeps it up to date (WeChat reports changes through `onThemeChange`). */
  systemTheme: Theme = 'light';
  private readonly systemLanguage: Language;
  private readonly storage: KeyValueStorage;

  constructor(platform: Platform) {
    this.storage = platform.storage;
    this.systemLanguage = languageOf(platform.language());
    this.restore();
    makeObservable<this, 'changed'>(this, {
      chosenLanguage: observableRef,
      chosenTheme: observableRef,
      changed: observableRef,
      systemTheme: observableRef,
      language: computed,
      theme: computed,
      chooseLanguage: action,
      chooseTheme: action,
      setSwitch: action,
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

  isOn(name: SwitchName): boolean {
    return this.changed[name] ?? SWITCHES[name];
  }

  setSwitch(name: SwitchName, isOn: boolean): void {
    this.changed = { ...this.changed, [name]: isOn };
    this.save();
  }

  get readMarks(): boolean {
    return this.isOn('readMarks');
  }

  get typing(): boolean {
    return this.isOn('typing');
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
      const names = Object.keys(SWITCHES) as SwitchName[];
      this.changed = Object.fromEntries(
        names.filter((name) => typeof saved[name] === 'boolean').map((name) => [name, saved[name]]),
      );
    } catch {
      this.storage.remove(KEY);
    }
  }

  private save(): void {
    const { chosenLanguage: language, chosenTheme: theme } = this;
    this.storage.set(KEY, JSON.stringify({ language, theme, ...this.changed }));
  }
}
