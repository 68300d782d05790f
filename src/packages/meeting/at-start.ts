import '@room-kit';
import type { Core } from '@/connection/boot';
import type { RootStore } from '@/stores';
import { meetingOf } from './kits';

/**
 * Plugs the product's room kit in before the first IM login. Part of the main package when the build has
 * TARO_APP_ROOM_KIT_AT_START=on, in place of src/no-room-kit.ts (config/index.ts).
 */
export function plugInAtStart(core: Core, root: RootStore): void {
  meetingOf(core, root);
}
