import { SettingsStore } from '@/stores/app/settings';
import { fakePlatform } from './fakes/fake-connection';

describe('SettingsStore', () => {
  test('follows the system until the user chooses, and stores the choice', () => {
    const { platform } = fakePlatform();
    const settings = new SettingsStore(platform);
    expect(settings.language).toBe('zh-CN');
    settings.setSystemTheme('dark');
    expect(settings.theme).toBe('dark');
    settings.chooseLanguage('en');
    settings.chooseTheme('light');
    const again = new SettingsStore(platform);
    again.setSystemTheme('dark');
    expect([again.language, again.theme]).toEqual(['en', 'light']);
    again.chooseTheme(null);
    expect(again.theme).toBe('dark');
    expect(again.typing).toBe(true);
    again.setSwitch('typing', false);
    expect(new SettingsStore(platform).typing).toBe(false);
  });

  test.each([
    [15, 'small'],
    [16, 'standard'],
    [17, 'standard'],
    [19, 'large'],
    [20, 'larger'],
    [21, 'larger'],
    [22, 'largest'],
    [40, 'largest'],
    [undefined, 'standard'],
  ] as const)('texts follow %p px of WeChat as %s, until the user chooses', (px, size) => {
    const { platform } = fakePlatform();
    const settings = new SettingsStore(platform);
    settings.setSystemTextSize(px);
    expect(settings.textSize).toBe(size);
    settings.chooseTextSize('larger');
    expect(new SettingsStore(platform).textSize).toBe('larger');
    settings.chooseTextSize(null);
    expect(settings.textSize).toBe(size);
  });

  test('read marks are on until they are switched off on this device', () => {
    const { platform } = fakePlatform();
    const settings = new SettingsStore(platform);
    expect(settings.readMarks).toBe(true);
    settings.setSwitch('readMarks', false);
    settings.chooseTheme('dark');
    expect(new SettingsStore(platform).readMarks).toBe(false);
    settings.setSwitch('readMarks', true);
    expect(new SettingsStore(platform).readMarks).toBe(true);
  });
});
