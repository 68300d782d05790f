import type { ImConnection } from '@/connection';
import type { Platform } from '@/platform';
import { ClientsStore } from './clients';
import { ContactStore } from './contacts';
import { ConversationStore } from './conversations';
import { MessageStore } from './messages';
import { UserStore } from './users';

/** Everything of one account, made with its connection and gone with it. */
export class AccountStores {
  readonly accountId: string;
  readonly clients: ClientsStore;
  readonly users: UserStore;
  readonly contacts: ContactStore;
  readonly conversations: ConversationStore;
  readonly messages: MessageStore;

  constructor(
    readonly connection: ImConnection,
    platform: Platform,
  ) {
    this.accountId = connection.accountId;
    this.clients = new ClientsStore(connection);
    this.users = new UserStore(connection);
    this.contacts = new ContactStore(connection, this.users);
    this.conversations = new ConversationStore(connection, this.users, platform);
    this.messages = new MessageStore(connection, this.conversations, platform);
  }

  /** `forget`: the account was left (sign-out, switch, kick); its snapshot goes as well. */
  dispose({ forget }: { forget: boolean }): void {
    this.messages.dispose();
    this.conversations.dispose({ forget });
    this.contacts.dispose();
    this.users.dispose();
    this.clients.dispose();
  }
}
