/** In a project of your own: a copy of packages/im/host.d.ts, which is written into the built folder. */
export type { Im, ImIncomingCall, ImNotice, ImStop } from '../../../src/embed/host-types';
