import type { Core } from '@/connection/boot';
import type { RootStore } from '@/stores';
import { MeetingStore } from './meeting-store';
import type { RoomKit } from './room-kit';

let plugged: RoomKit | undefined;

/** Plugs a product's kit in; see kit.ts. Once, before the meeting page or `meetingOf` is used. */
export function plugInRoomKit(kit: RoomKit): void {
  plugged = kit;
}

/** One for each app: the kit stays signed in while its page is left. */
const meetings = new WeakMap<Core, MeetingStore>();

/** The meeting store of this app: made by the page, or at the start of the app (at-start.ts). */
export function meetingOf(core: Core, root: RootStore): MeetingStore {
  const known = meetings.get(core);
  if (known) return known;
  const meeting = new MeetingStore(core, root, plugged);
  meetings.set(core, meeting);
  return meeting;
}
