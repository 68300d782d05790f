import { DISCUSSION_EXTENSION, defaultName, isDiscussion } from '@/packages/team/team-fields';

test('a discussion group is a team with the extension of the kits', () => {
  expect(isDiscussion({ serverExtension: DISCUSSION_EXTENSION })).toBe(true);
  expect(isDiscussion({ serverExtension: 'im_ui_kit_group' })).toBe(true);
  expect(isDiscussion({ serverExtension: '{"im_ui_kit":1}' })).toBe(false);
  expect(isDiscussion({})).toBe(false);
});

test('the default name has the first four names, and at most 30 whole characters', () => {
  expect(defaultName(['Anna', 'Ben', 'Chen', 'Dora', 'Emil'], ', ')).toBe('Anna, Ben, Chen, Dora');
  const long = defaultName(['😀'.repeat(40)], ', ');
  expect([...long].length).toBe(30);
  expect(long).toBe(`${'😀'.repeat(29)}…`);
});
