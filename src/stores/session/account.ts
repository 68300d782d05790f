import type { ImConnection } from '@/connection';
import type { Platform } from '@/platform';
import { CallStore } from '../call/call';
import type { CallMediaPlug } from '../call/call-media';
import { recordArguments } from '../call/call-record';
import { Phrases, PHRASES_PREFIX } from '../chat/phrases';
import { ClientsStore } from './clients';
import { ContactStore } from '../people/contacts';
import { FriendRequests, REQUESTS_PREFIX } from '../people/friend-requests';
import { addressOf, p2pConversationId } from '../conversations/conversation-id';
import { ConversationActs } from '../conversations/conversation-acts';
import { ConversationStore } from '../conversations/conversations';
import { PeerReads } from '../conversations/peer-reads';
import { ChatRegistry } from '../chat/chats';
import type { TeamClosed } from '../teams/team-entry';
import { TeamAsks } from '../teams/team-asks';
import { TeamStore } from '../teams/teams';
import { Notices, NOTICES_PREFIX } from '../notices/notices';
import { Presence } from '../people/presence';
import { Reminders } from '../reminders/reminders';
import { UserStore } from '../people/users';
import { HEARD_PREFIX, HeardVoices } from '../voice/heard-voices';

/** V2NIMTeamType of a team; a super team has no read receipts. */
const TEAM = 1;
/** The largest team whose messages have read receipts, by the service's default; the owner counts too. */
const LARGEST_READ_TEAM = 100;

/** The stores of one account, created with its connection and disposed with it. */
export class AccountStores {
  readonly accountId: string;
  readonly clients: ClientsStore;
  readonly users: UserStore;
  readonly teams: TeamStore;
  readonly asks: TeamAsks;
  readonly contacts: ContactStore;
  readonly requests: FriendRequests;
  readonly conversations: ConversationStore;
  readonly peerReads: PeerReads;
  readonly acts: ConversationActs;
  readonly messages: ChatRegistry;
  readonly call: CallStore;
  readonly heard: HeardVoices;
  readonly phrases: Phrases;
  readonly presence: Presence;
  readonly notices: Notices;
  readonly reminders: Reminders;

  constructor(
    readonly connection: ImConnection,
    private readonly platform: Platform,
    media: CallMediaPlug,
    /** Whether the user stays signed in on this device. */
    staysSignedIn: () => boolean,
    /** Whether the account tells others what it has read, and is told what others have read. */
    readonly sharesReads: () => boolean = () => true,
  ) {
    const { accountId } = connection;
    this.accountId = accountId;
    this.clients = new ClientsStore(connection);
    this.heard = new HeardVoices(platform.storage, HEARD_PREFIX + accountId, platform.clock.now());
    this.phrases = new Phrases(accountId, platform.storage, staysSignedIn);
    this.users = new UserStore(connection);
    this.teams = new TeamStore(connection, platform.clock);
    this.conversations = new ConversationStore(connection, this.users, platform, staysSignedIn);
    this.peerReads = new PeerReads(connection);
    this.acts = new ConversationActs(connection, this.conversations, platform, staysSignedIn);
    this.messages = new ChatRegistry(connection, this.conversations, platform, staysSignedIn, {
      onRefused: (conversationId, code) => this.teams.refused(conversationId, code),
      sharesReads,
      peerReadUntil: (conversationId) => this.peerReads.until(conversationId),
      asksForReads: (conversationId) => this.asksForReads(conversationId),
    });
    // After the conversations: listeners are told of the login in order of creation, and the list is needed
    // first.
    this.requests = new FriendRequests(connection, platform.storage, staysSignedIn);
    this.contacts = new ContactStore(connection, this.users, this.requests);
    this.asks = new TeamAsks(connection, platform.clock);
    this.presence = new Presence(connection, platform.clock);
    this.notices = new Notices(connection, platform.storage, platform.clock, staysSignedIn);
    this.reminders = new Reminders({
      connection,
      storage: platform.storage,
      clock: platform.clock,
      lifecycle: platform.lifecycle,
      staysSignedIn,
    });
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

  /** The name of a conversation: the other account's or the team's; empty while the team's name is unknown. */
  titleOf(conversationId: string): string {
    const { targetId } = addressOf(conversationId);
    const team = this.teams.teamOf(conversationId);
    if (!team) return targetId && this.users.get(targetId).name;
    const listed = this.conversations.get(conversationId)?.name ?? '';
    return team.name || (listed === targetId ? '' : listed);
  }

  /** The number of members of a conversation's team; 0 for a p2p conversation, and while it is unknown. */
  memberCountOf(conversationId: string): number {
    return this.teams.teamOf(conversationId)?.memberCount ?? 0;
  }

  /** Why the account may not write in a conversation; null while it may write. */
  closedOf(conversationId: string): TeamClosed | null {
    const team = this.teams.teamOf(conversationId);
    return team && this.teams.closedOf(team);
  }

  /** Whether the account is owner or manager of the conversation's team. */
  manages(conversationId: string): boolean {
    const team = this.teams.teamOf(conversationId);
    return team !== null && this.teams.managesTeam(team);
  }

  /** The name of a person in a conversation: the nick in its team, else the alias, else the profile name. */
  nameIn(conversationId: string, accountId: string): string {
    const team = this.teams.teamOf(conversationId);
    return (team && this.teams.nickOf(team, accountId)) || this.users.get(accountId).name;
  }

  private asksForReads(conversationId: string): boolean {
    const team = this.teams.teamOf(conversationId);
    if (team?.teamType !== TEAM || !this.sharesReads()) return false;
    return team.memberCount > 1 && team.memberCount <= LARGEST_READ_TEAM;
  }

  /** `forget`: the account was left (sign-out, switch, kick), so its snapshot is removed too. */
  dispose({ forget }: { forget: boolean }): void {
    this.call.dispose();
    if (forget)
      for (const prefix of [HEARD_PREFIX, REQUESTS_PREFIX, PHRASES_PREFIX, NOTICES_PREFIX])
        this.platform.storage.remove(prefix + this.accountId);
    this.messages.dispose({ forget });
    this.acts.dispose({ forget });
    this.conversations.dispose({ forget });
    this.contacts.dispose();
    this.requests.dispose();
    this.phrases.dispose();
    this.asks.dispose();
    this.presence.dispose();
    this.notices.dispose();
    this.reminders.dispose({ forget });
    this.teams.dispose();
    this.users.dispose();
    this.clients.dispose();
  }
}
