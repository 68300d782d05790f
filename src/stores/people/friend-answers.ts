import { answered, ConnectionError } from '@/connection';
import { systemClock } from '@/platform';
import { Code } from '@/sdk/codes';
import type { V2NIMFriendAddApplication } from '@/sdk/types';
import { p2pConversationId } from '../conversations/conversation-id';
import type { AccountStores } from '../session/account';
import { type FriendRequest, NEW_REQUEST } from './friend-requests';

/** V2NIMFriendAddMode: the other side decides. */
const APPLY = 2;

/**
 * Asks an account to become a friend. `text` goes with the request.
 * @throws ConnectionError
 */
export async function askToBefriend(
  { connection, requests }: AccountStores,
  peerId: string,
  text = '',
): Promise<void> {
  const { friend } = connection.services;
  await answered(systemClock, () =>
    friend.addFriend(peerId, { addMode: APPLY as number, postscript: text }),
  );
  const known = requests.list.find((each) => each.peerId === peerId && !each.incoming);
  // The device's clock may be behind the time of the request before.
  const time = Math.max(systemClock.now(), (known?.time ?? 0) + 1);
  requests.put({ ...NEW_REQUEST, peerId, incoming: false, text, time });
}

/**
 * Accepts a request and sends a first message to the new friend. A request that another client of the account has
 * accepted counts as accepted, without a second message.
 * @throws ConnectionError
 */
export async function acceptRequest(
  account: AccountStores,
  request: FriendRequest,
  greeting: string,
): Promise<void> {
  const { connection, requests, messages, accountId } = account;
  try {
    await answered(systemClock, () =>
      connection.services.friend.acceptAddApplication(applicationOf(account, request)),
    );
  } catch (cause) {
    const error = ConnectionError.from(cause);
    if (error.code !== Code.friendAlreadyExist) throw error;
    requests.update(sameAs(request), { state: 'accepted', read: true });
    return;
  }
  requests.update(sameAs(request), { state: 'accepted', read: true });
  const conversationId = p2pConversationId(accountId, request.peerId);
  messages.send(conversationId, connection.services.messageCreator.createTextMessage(greeting));
}

/**
 * Refuses a request; the other account gets the text.
 * @throws ConnectionError
 */
export async function rejectRequest(
  account: AccountStores,
  request: FriendRequest,
  text: string,
): Promise<void> {
  const { friend } = account.connection.services;
  await answered(systemClock, () =>
    friend.rejectAddApplication(applicationOf(account, request), text),
  );
  account.requests.update(sameAs(request), { state: 'rejected', answer: text, read: true });
}

function sameAs({ peerId, incoming }: FriendRequest): (each: FriendRequest) => boolean {
  return (each) => each.peerId === peerId && each.incoming === incoming;
}

/** The SDK's own object for the request, which the SDK forgets with the end of the app. */
function applicationOf(
  { accountId }: AccountStores,
  { peerId, text, time }: FriendRequest,
): V2NIMFriendAddApplication {
  return {
    applicantAccountId: peerId,
    recipientAccountId: accountId,
    operatorAccountId: peerId,
    postscript: text,
    status: 0 as number,
    timestamp: time,
    read: true,
  };
}
