import type { Emulator } from '../../../emulator';

/** Returns the header of a new session of `accountId` at the sample app server. */
export function bearer({ appSessions }: Emulator, accountId: string): { authorization: string } {
  return { authorization: `Bearer ${appSessions.openSession(accountId).sessionToken}` };
}
