import '@meeting-kit';
import type { Core } from '@/connection/boot';
import type { RootStore } from '@/stores';
import { meetingOf } from './kits';

/**
 * Installs the product's meeting kit before the first IM login. Part of the main package when the build has
 * TARO_APP_MEETING_KIT_AT_START=on, in place of src/no-meeting-kit.ts (config/index.ts).
 */
export function plugInAtStart(core: Core, root: RootStore): void {
  meetingOf(core, root);
}
