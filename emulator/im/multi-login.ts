import { ClientType } from '../protocol/tags';
import type { MultiLoginPolicy } from '../world/world-state';
import type { ImSession } from './sessions';

/** Maximum number of online clients of an account under any policy. */
const MAX_CLIENTS = 10;

const MOBILE: readonly number[] = [ClientType.android, ClientType.ios, ClientType.harmony];
const DESKTOP: readonly number[] = [
  ClientType.pc,
  ClientType.web,
  ClientType.mac,
  ClientType.winPhone,
];

function excludes(policy: MultiLoginPolicy, a: number, b: number): boolean {
  switch (policy.kind) {
    case 'exclusive':
      return true;
    case 'perPlatform':
      return [MOBILE, DESKTOP].some((group) => group.includes(a) && group.includes(b));
    case 'custom':
      return policy.exclusiveGroups.some((group) => group.includes(a) && group.includes(b));
    case 'unlimited':
      return false;
  }
}

/**
 * Returns the online clients to sign out when a client of type `type` signs in, oldest first. A changed policy
 * takes effect at the next login, as Yunxin's console says.
 */
export function clientsToSignOut(
  policy: MultiLoginPolicy,
  type: number,
  online: readonly ImSession[],
): ImSession[] {
  const excluded = online.filter((session) => excludes(policy, session.type, type));
  if (excluded.length) return excluded;
  const tooMany = online.length + 1 - MAX_CLIENTS;
  return tooMany > 0 ? online.slice(0, tooMany) : [];
}
