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
