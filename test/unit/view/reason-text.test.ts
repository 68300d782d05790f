import { reasonText, signedOutReason } from '@/components/page/reason-text';
import { allReasons } from '@/connection';

describe('the text of a code', () => {
  test('equals the reasons table in both languages for every code', () => {
    for (const { code, text } of allReasons()) {
      expect(reasonText(code, 'zh-CN')).toBe(text.zh);
      expect(reasonText(code, 'en')).toBe(text.en);
    }
  });

  test('shows the number of an unknown code', () => {
    expect(reasonText(987_654, 'zh-CN')).toContain('987654');
    expect(reasonText(987_654, 'en')).toContain('987654');
  });

  test('asks for a new sign-in after the end of a login', () => {
    expect(signedOutReason(302, 'en')).toMatch(/sign in again/i);
  });
});
