import { useCore } from '@/components/core-context';
import { useStores } from '@/components/stores-context';
import { createChatroom } from './index';
import type { ChatroomStore } from './stores/chatroom-store';
import { chatroomTexts, type Say } from './texts';

/** The package's stores over the app's core. */
export function useChatroom(): ChatroomStore {
  return createChatroom(useCore(), useStores());
}

/** The package's texts in the user's language. Inside an `observer`. */
export function useSay(): Say {
  return chatroomTexts(useStores().settings.language);
}
