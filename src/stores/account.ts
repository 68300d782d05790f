import type { ImConnection } from '@/connection';
import type { Platform } from '@/platform';
import { CallStore } from './call';
import type { CallMediaPlug } from './call/call-media';
import { recordArguments } from './call/call-record';
import { ClientsStore } from './clients';
import { ContactStore } from './contacts';
import { addressOf, p2pConversationId } from './conversation-id';
import { ConversationStore } from './conversations';
import { MessageStore } from './messages';
import { TeamStore } from './teams';
import { UserStore } from './users';

/** Everything of one account, made with its connection and gone with it. */
export class AccountStores {
  readonly accountId: string;
  readonly clients: ClientsStore;
  readonly users: UserStore;
  readonly teams: TeamStore;
  readonly contacts: ContactStore;
  readonly conversations: ConversationStore;
  readonly messages: MessageStore;
  readonly call: CallStore;

  constructor(
    readonly connection: ImConnection,
    platform: Platform,
    media: CallMediaPlug,
    /** Whether the user stays signed in on this device. */
    staysSignedIn: () => boolean,
  ) {
    const { accountId } = connection;
    this.accountId = accountId;
    this.clients = new ClientsStore(connection);
    this.users = new UserStore(connection);
    this.teams = new TeamStore(connection, platform.clock);
    this.conversations = new ConversationStore(connection, this.users, platform, staysSignedIn);
    this.messages = new MessageStore(connection, this.conversations, platform, staysSignedIn);
    // After the conversations: in their order they are told of the login, and the list is what is waited for.
    this.contacts = new ContactStore(connection, this.users);
    this.call = new CallStore({
      connection,
      platform,
      media,
      record: ({ peerId, channelId, channelName }, record) => {
        const members = [accountId, peerId];
        const message = connection.services.messageCreator.createCallMessage(
          ...recordArguments(record, channelId || channelName, members),
        );
        this.messages.send(p2pConversationId(accountId, peerId), message);
      },
    });
  }

  /** The name of a conversation: the other side's, or the team's; empty while a team's is not known. */
  titleOf(conversationId: string): string {
    const { targetId } = addressOf(conversationId);
    const team = this.teams.of(conversationId);
    if (!team) return targetId && this.users.get(targetId).name;
    const listed = this.conversations.get(conversationId)?.name ?? '';
    return team.name || (listed === targetId ? '' : listed);
  }

  /** What to call somebody in a conversation: the nick in its team, else the remark, else the profile's name. */
  nameIn(conversationId: string, accountId: string): string {
    const team = this.teams.of(conversationId);
    return (team && this.teams.nickOf(team, accountId)) || this.users.get(accountId).name;
  }

  /** `forget`: the account was left (sign-out, switch, kick); its snapshot goes as well. */
  dispose({ forget }: { forget: boolean }): void {
    this.call.dispose();
    this.messages.dispose({ forget });
    this.conversations.dispose({ forget });
    this.contacts.dispose();
    this.teams.dispose();
    this.users.dispose();
    this.clients.dispose();
  }
}
