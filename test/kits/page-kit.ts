import { plugInRoomKit } from '@/packages/meeting/kits';
import { neRoom, type NERoomSdk } from '@/packages/meeting/neroom';

/** What a test holds of the kit in the built package, as a global of the app's realm. */
export interface KitInPackage {
  /** Calls in their order; `reuseIM` with the number of sockets opened by then. */
  calls: string[];
  /** What the next login rejects with, and the IM account that the kit then names. */
  refusal?: unknown;
  account?: string;
  /** Sockets opened so far. */
  sockets(): number;
}

const held = (globalThis as unknown as { kitInPackage: KitInPackage }).kitInPackage;

/** A product's kit file: a class, as NERoom 3.12 exports it. */
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

plugInRoomKit(neRoom(ExportedKit));
