import { plugInMeetingKit } from '@/packages/meeting/kits';
import { neRoom, type NERoomSdk } from '@/packages/meeting/neroom';

/** A test's controls of the kit in the built package, as a global of the app's realm. */
export interface KitInPackage {
  /** Calls in order; `reuseIM` with the number of sockets opened before the call. */
  calls: string[];
  /** Rejection of the next login, and the IM account that the kit names after the rejection. */
  refusal?: unknown;
  account?: string;
  /** Number of sockets opened so far. */
  sockets(): number;
}

const held = (globalThis as unknown as { kitInPackage: KitInPackage }).kitInPackage;

/** A product's kit file: exports a class, as NERoom 3.12 does. */
class ExportedKit implements NERoomSdk {
  readonly authService = {
    roomAccountId: '',
    login: async (userUuid: string) => {
      held.calls.push(`login ${userUuid === '' ? 'nobody' : 'somebody'}`);
      if (held.refusal !== undefined) throw held.refusal;
      this.authService.roomAccountId = held.account ?? '';
      return await Promise.resolve({ code: 0 });
    },
    logout: async () => {
      held.calls.push('logout');
      return await Promise.resolve({ code: 0 });
    },
  };

  reuseIM<T>(nim: T): T {
    held.calls.push(`reuseIM, ${held.sockets()} sockets`);
    return nim;
  }

  initialize(): unknown {
    held.calls.push('initialize');
    return { code: 0 };
  }
}

plugInMeetingKit(neRoom(ExportedKit));
