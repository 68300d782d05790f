/** What is bundled for one client: the app's own core, as in the mini-program, without its pages. */
export { boot } from '@/connection/boot';
export { createNim } from '@/sdk/nim';
export { createRootStore } from '@/stores';
export { MeetingStore } from '@/packages/meeting/meeting-store';
/** The client's own MobX, with which a test can watch its stores. */
export { autorun } from 'mobx';
