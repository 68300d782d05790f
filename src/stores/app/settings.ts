import { action, computed, makeObservable, observableRef } from 'mobx';
import { type Language, languageOf } from '@/i18n';
import type { KeyValueStorage, Platform } from '@/platform';

export type Theme = 'light' | 'dark';

/** The sizes of texts, the smallest first; src/styles/tokens.scss has the px of each. */
export const TEXT_SIZES = ['small', 'standard', 'large', 'larger', 'largest'] as const;
export type TextSize = (typeof TEXT_SIZES)[number];

/** The largest `fontSizeSetting` of WeChat, in px, for each size but the largest. WeChat's own standard is 16 or 17. */
const UP_TO_PX = [15, 17, 19, 21];

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
  /** Whether the tap that sends in a team asks WeChat for another "you were mentioned" when none is left. */
  mentionAlerts: false,
  /** Whether app clients are pushed to while a computer is online; the server's setting, as last chosen here. */
  push: true,
};

export type SwitchName = keyof typeof SWITCHES;

/** The user's choices; null follows the system. They belong to the device, not to an account. */
export class SettingsStore {
  chosenLanguage: Language | null = null;
  chosenTheme: Theme | null = null;
  chosenTextSize: TextSize | null = null;
  /** The switches that are not as on a new device. */
  private changed: Readonly<Partial<Record<SwitchName, boolean>>> = {};
  /** The host's theme; the view keeps it up to date (WeChat reports changes through `onThemeChange`). */
  systemTheme: Theme = 'light';
  private systemTextSize: TextSize = 'standard';
  private readonly systemLanguage: Language;
  private readonly storage: KeyValueStorage;

  constructor(platform: Platform) {
    this.storage = platform.storage;
    this.systemLanguage = languageOf(platform.language());
    this.restore();
    makeObservable<this, 'changed' | 'systemTextSize'>(this, {
      chosenLanguage: observableRef,
      chosenTheme: observableRef,
      chosenTextSize: observableRef,
      changed: observableRef,
      systemTheme: observableRef,
      systemTextSize: observableRef,
      language: computed,
      theme: computed,
      textSize: computed,
      chooseLanguage: action,
      chooseTheme: action,
      chooseTextSize: action,
      setSwitch: action,
      setSystemTheme: action,
      setSystemTextSize: action,
    });
  }

  get language(): Language {
    return this.chosenLanguage ?? this.systemLanguage;
  }

  get theme(): Theme {
    return this.chosenTheme ?? this.systemTheme;
  }

  get textSize(): TextSize {
    return this.chosenTextSize ?? this.systemTextSize;
  }

  chooseLanguage(language: Language | null): void {
    this.chosenLanguage = language;
    this.save();
  }

  chooseTheme(theme: Theme | null): void {
    this.chosenTheme = theme;
    this.save();
  }

  chooseTextSize(size: TextSize | null): void {
    this.chosenTextSize = size;
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

  /** `px`: WeChat's `fontSizeSetting`; nothing where the host does not tell it. */
  setSystemTextSize(px: number | undefined): void {
    if (typeof px !== 'number') return;
    const index = UP_TO_PX.findIndex((limit) => px <= limit);
    this.systemTextSize = TEXT_SIZES[index] ?? 'largest';
  }

  private restore(): void {
    try {
      const saved = (JSON.parse(this.storage.get(KEY) ?? '{}') ?? {}) as Record<string, unknown>;
      if (LANGUAGES.some((each) => each === saved.language))
        this.chosenLanguage = saved.language as Language;
      if (saved.theme === 'light' || saved.theme === 'dark') this.chosenTheme = saved.theme;
      this.chosenTextSize = TEXT_SIZES.find((each) => each === saved.textSize) ?? null;
      const names = Object.keys(SWITCHES) as SwitchName[];
      this.changed = Object.fromEntries(
        names.filter((name) => typeof saved[name] === 'boolean').map((name) => [name, saved[name]]),
      );
    } catch {
      this.storage.remove(KEY);
    }
  }

  private save(): void {
    const { chosenLanguage: language, chosenTheme: theme, chosenTextSize: textSize } = this;
    this.storage.set(KEY, JSON.stringify({ language, theme, textSize, ...this.changed }));
  }
}
