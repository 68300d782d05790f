import { useCore } from '@/components/page/core-context';
import { useStores } from '@/components/page/stores-context';
import { createChatroom } from './index';
import type { ChatroomStore } from './stores/chatroom-store';

/** The package's stores over the app's core. */
export function useChatroom(): ChatroomStore {
  return createChatroom(useCore(), useStores());
}
