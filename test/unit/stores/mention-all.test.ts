import { isMentionAllForManagers, withMentionAll } from '@/stores/teams/mention-all';

test('only the value "manager" leaves mentions of all to owner and managers', () => {
  expect(isMentionAllForManagers('{"yxAllowAt":"manager"}')).toBe(true);
  for (const extension of [undefined, '', '{"yxAllowAt":"all"}', '{"yxAllowAt":1}', 'yxAllowAt'])
    expect(isMentionAllForManagers(extension)).toBe(false);
});

test('a change keeps the other fields of the extension', () => {
  expect(withMentionAll('{"im_ui_kit_group":true,"yxAllowAt":"all"}', true)).toBe(
    '{"im_ui_kit_group":true,"yxAllowAt":"manager"}',
  );
  for (const empty of [undefined, '', ' { } '])
    expect(withMentionAll(empty, false)).toBe('{"yxAllowAt":"all"}');
});

test.each(['im_ui_kit_group', '[1]', '3', 'x'.repeat(20_001)])(
  'the extension %.20s of another client is not replaced',
  (extension) => {
    expect(withMentionAll(extension, true)).toBeNull();
  },
);
