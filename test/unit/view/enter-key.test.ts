import { isSendKey } from '@/components/composer/enter-key';

const key = (fields: Partial<KeyboardEvent>) =>
  isSendKey({ key: 'Enter', shiftKey: false, isComposing: false, keyCode: 13, ...fields });

describe('Enter in a browser', () => {
  it('sends', () => expect(key({})).toBe(true));
  it('starts a new line with Shift', () => expect(key({ shiftKey: true })).toBe(false));
  it('ends a composition in Chrome', () => expect(key({ isComposing: true })).toBe(false));
  // Safari: compositionend first, then keydown with isComposing false.
  it('ends a composition in Safari', () => expect(key({ keyCode: 229 })).toBe(false));
  it('ignores any other key', () => expect(key({ key: 'a', keyCode: 65 })).toBe(false));
});
