import type { Core } from '@/connection/boot';
import type { RootStore } from '@/stores';
import { MeetingStore } from './meeting-store';
import type { MeetingKit } from './meeting-kit';

let plugged: MeetingKit | undefined;

/** Installs a product's kit; see kit.ts. Call it once, before the meeting page or `meetingOf` is used. */
export function plugInMeetingKit(kit: MeetingKit): void {
  plugged = kit;
}

/** The store of each app: the kit stays signed in while its page is left. */
const meetings = new WeakMap<Core, MeetingStore>();

/** The meeting store of this app; created by the page, or at the start of the app (at-start.ts). */
export function meetingOf(core: Core, root: RootStore): MeetingStore {
  const known = meetings.get(core);
  if (known) return known;
  const meeting = new MeetingStore(core, root, plugged);
  meetings.set(core, meeting);
  return meeting;
}
