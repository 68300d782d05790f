import {
  knownTags,
  labelsOf,
  nameOf,
  roleText,
  tagsOf,
} from '@/packages/chatroom/people/member-labels';
import { member } from './member';

const texts = (...of: Parameters<typeof member>) => labelsOf(member(...of)).map(({ text }) => text);

describe('labels beside a name', () => {
  test('mark only special roles', () => {
    expect(texts('a', 'CREATOR')).toEqual(['role.owner']);
    expect(texts('a', 'MANAGER')).toEqual(['role.manager']);
    expect(texts('a', 'NORMAL')).toEqual(['role.normal']);
    expect(texts('a', 'ANONYMOUS_GUEST')).toEqual(['role.anonymous']);
    expect(texts('a', 'NORMAL_GUEST')).toEqual([]);
    expect(texts('a', 'VIRTUAL')).toEqual([]);
  });

  test('show the strongest restriction of a member', () => {
    const all = { blocked: true, chatBanned: true, tempChatBanned: true };
    expect(texts('a', 'NORMAL_GUEST', all)).toEqual(['mark.blocked']);
    expect(texts('a', 'NORMAL', { ...all, blocked: false })).toEqual(['role.normal', 'mark.muted']);
    expect(texts('a', 'NORMAL_GUEST', { tempChatBanned: true })).toEqual(['mark.tempMuted']);
  });

  test('treat an unknown role as a guest', () => {
    expect(roleText(99)).toBe('role.guest');
  });
});

test('a member without a nick has the account as name', () => {
  expect(nameOf(member('anna'))).toBe('ANNA');
  expect(nameOf(member('anna', 'NORMAL', { roomNick: '  ' }))).toBe('anna');
});

describe('tags', () => {
  test("are parsed from the SDK's form and the server's form; any other form gives no tags", () => {
    expect(tagsOf({ tags: ['vip', '', 1] })).toEqual(['vip']);
    expect(tagsOf({ tags: '["vip","","red"]' })).toEqual(['vip', 'red']);
    for (const tags of ['', '{}', 'vip', '[1]']) expect(tagsOf({ tags })).toEqual([]);
    expect(tagsOf({})).toEqual([]);
  });

  test('to choose from start with the own tags, without duplicates', () => {
    const members = [
      member('a', 'NORMAL', { tags: '["red","vip"]' }),
      member('b', 'NORMAL', { tags: '["blue"]' }),
    ];
    expect(knownTags(['vip'], members)).toEqual(['vip', 'red', 'blue']);
    expect(knownTags(['vip'], members, 2)).toEqual(['vip', 'red']);
  });
});
