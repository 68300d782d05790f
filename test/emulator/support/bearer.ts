import type { Emulator } from '../../../emulator';

/** The header with which `accountId` calls the sample app server, in a session of its own. */
export function bearer({ appSessions }: Emulator, accountId: string): { authorization: string } {
  return { authorization: `Bearer ${appSessions.open(accountId).sessionToken}` };
}
