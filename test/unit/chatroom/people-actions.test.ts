import { actionsFor } from '@/packages/chatroom/people/member-actions';
import { member, type RoleName } from './member';

const OWNER = member('owner', 'CREATOR');
const MANAGER = member('manager', 'MANAGER');
const to = (role: RoleName, more = {}) => member('target', role, more);

describe('what a card offers', () => {
  test('to those who manage nothing, and about oneself: nothing', () => {
    for (const role of ['NORMAL', 'NORMAL_GUEST', 'ANONYMOUS_GUEST'] as const)
      expect(actionsFor(member('me', role), to('NORMAL_GUEST'), true)).toEqual([]);
    expect(actionsFor(null, to('NORMAL_GUEST'), false)).toEqual([]);
    expect(actionsFor(OWNER, OWNER, true)).toEqual([]);
  });

  test('to a manager about a guest: everything but making managers', () => {
    expect(actionsFor(MANAGER, to('NORMAL_GUEST'), false)).toEqual([
      'mute',
      'tempMute',
      'makeMember',
      'seat',
      'kick',
      'block',
    ]);
  });

  test('to a manager about the owner and other managers: the mic seat alone', () => {
    for (const role of ['CREATOR', 'MANAGER'] as const)
      expect(actionsFor(MANAGER, to(role), true)).toEqual(['unseat']);
  });

  test('to the owner: making managers of members, and members of managers', () => {
    expect(actionsFor(OWNER, to('NORMAL'), false)).toEqual([
      'mute',
      'tempMute',
      'makeManager',
      'unmakeMember',
      'seat',
      'kick',
      'block',
    ]);
    expect(actionsFor(OWNER, to('MANAGER'), false)).toContain('unmakeManager');
    expect(actionsFor(OWNER, to('MANAGER'), false)).not.toContain('makeManager');
  });

  test('about those without an account: what ends with their visit', () => {
    for (const role of ['ANONYMOUS_GUEST', 'VIRTUAL'] as const)
      expect(actionsFor(OWNER, to(role), false)).toEqual(['tempMute', 'kick']);
  });

  test('undoes what has been done', () => {
    expect(actionsFor(MANAGER, to('NORMAL_GUEST', { chatBanned: true }), false)).toContain(
      'unmute',
    );
    expect(actionsFor(MANAGER, to('NORMAL_GUEST', { tempChatBanned: true }), false)).toContain(
      'endTempMute',
    );
    expect(actionsFor(MANAGER, to('NORMAL_GUEST', { blocked: true }), false)).toEqual(['unblock']);
  });

  test('kicks and seats nobody who is not there', () => {
    const actions = actionsFor(MANAGER, to('NORMAL', { isOnline: false }), false);
    expect(actions).not.toContain('kick');
    expect(actions).not.toContain('seat');
    expect(actions).toContain('block');
  });
});
