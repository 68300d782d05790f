import { actionsFor } from '@/packages/chatroom/people/member-actions';
import { member, type RoleName } from './member';

const OWNER = member('owner', 'CREATOR');
const MANAGER = member('manager', 'MANAGER');
const to = (role: RoleName, more = {}) => member('target', role, more);

describe('the actions of a card', () => {
  test('are empty for members without rights, and on the own card', () => {
    for (const role of ['NORMAL', 'NORMAL_GUEST', 'ANONYMOUS_GUEST'] as const)
      expect(actionsFor(member('me', role), to('NORMAL_GUEST'), true)).toEqual([]);
    expect(actionsFor(null, to('NORMAL_GUEST'), false)).toEqual([]);
    expect(actionsFor(OWNER, OWNER, true)).toEqual([]);
  });

  test('are complete for a manager and a guest, except for making managers', () => {
    expect(actionsFor(MANAGER, to('NORMAL_GUEST'), false)).toEqual([
      'mute',
      'tempMute',
      'makeMember',
      'seat',
      'kick',
      'block',
    ]);
  });

  test('are only the mic seat for a manager and the owner or another manager', () => {
    for (const role of ['CREATOR', 'MANAGER'] as const)
      expect(actionsFor(MANAGER, to(role), true)).toEqual(['unseat']);
  });

  test('make managers of members and members of managers for the owner', () => {
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

  test('are limited to the visit for members without an account', () => {
    for (const role of ['ANONYMOUS_GUEST', 'VIRTUAL'] as const)
      expect(actionsFor(OWNER, to(role), false)).toEqual(['tempMute', 'kick']);
  });

  test('undo an applied action', () => {
    expect(actionsFor(MANAGER, to('NORMAL_GUEST', { chatBanned: true }), false)).toContain(
      'unmute',
    );
    expect(actionsFor(MANAGER, to('NORMAL_GUEST', { tempChatBanned: true }), false)).toContain(
      'endTempMute',
    );
    expect(actionsFor(MANAGER, to('NORMAL_GUEST', { blocked: true }), false)).toEqual(['unblock']);
  });

  test('neither kick nor seat an absent member', () => {
    const actions = actionsFor(MANAGER, to('NORMAL', { isOnline: false }), false);
    expect(actions).not.toContain('kick');
    expect(actions).not.toContain('seat');
    expect(actions).toContain('block');
  });
});
