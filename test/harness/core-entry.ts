/** Entry of the bundle for a client: the app's own core without its pages. */
export { boot } from '@/connection/boot';
export { createNim } from '@/sdk/nim';
export { createRootStore } from '@/stores';
export { actsOf } from '@/stores/chat/acts';
export { Typing } from '@/stores/chat/typing';
export { teamsOf } from '@/stores/teams/account-teams';
export { UnreadWalk } from '@/stores/chat/unread-walk';
export { MeetingStore } from '@/packages/meeting/meeting-store';
export { acceptRequest, askToBefriend, rejectRequest } from '@/stores/people/friend-answers';
export { Readers } from '@/stores/chat/readers';
export { PersonCard } from '@/stores/people/person-card';
/** The client's own MobX, with which a test can watch the client's stores. */
export { autorun } from 'mobx';
