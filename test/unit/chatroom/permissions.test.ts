import * as constants from '@/packages/chatroom/connection/constants';
import { may } from '@/packages/chatroom/stores/permissions';

describe('the permission of a member', () => {
  const { MemberRole } = constants;
  const who = (accountId: string, memberRole: number) =>
    ({ accountId, memberRole }) as Parameters<typeof may>[2];
  const owner = who('owner', MemberRole.CREATOR);
  const manager = who('manager', MemberRole.MANAGER);
  const another = who('another', MemberRole.MANAGER);
  const normal = who('normal', MemberRole.NORMAL);
  const guest = who('guest', MemberRole.NORMAL_GUEST);
  const anonymous = who('anonymous', MemberRole.ANONYMOUS_GUEST);

  it.each([
    ['the owner kicks a manager', owner, 'kick', manager, true],
    ['a manager kicks a member', manager, 'kick', normal, true],
    ['a manager kicks another manager', manager, 'kick', another, false],
    ['a manager kicks the owner', manager, 'kick', owner, false],
    ['a member kicks himself', owner, 'kick', owner, false],
    ['a member kicks a guest', normal, 'kick', guest, false],
    ['the owner makes a manager', owner, 'setManager', normal, true],
    ['a manager makes a manager', manager, 'setManager', normal, false],
    ['the owner makes a guest of a manager', owner, 'setGuest', manager, true],
    ['a manager makes a member of a guest', manager, 'setNormal', guest, true],
    ['a manager makes a member of a member', manager, 'setNormal', normal, false],
    ['a manager blocks an anonymous guest', manager, 'block', anonymous, false],
    ['a manager kicks an anonymous guest', manager, 'kick', anonymous, true],
    ['an absent member mutes', null, 'mute', normal, false],
  ] as const)('%s', (_what, self, action, target, allowed) => {
    expect(may(action, self, target)).toBe(allowed);
  });
});
