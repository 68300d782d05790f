import { action, makeObservable, observable, observableRef, runInAction } from 'mobx';
import { ConnectionError } from '@/connection';
import { foreignCall, systemClock } from '@/platform';
import { Code } from '@/sdk/codes';
import type { V2NIMTeam } from '@/sdk/types';
import type { AccountStores } from '@/stores';
import { teamConversationId } from '@/stores/conversations/conversation-id';

/** A conversation that messages can be forwarded to. */
export interface Target {
  readonly conversationId: string;
  readonly targetId: string;
  readonly name: string;
  readonly avatar: string;
}

/** Most conversations at once, as in WeChat. */
export const MOST_TARGETS = 9;
const MOST_RECENTS = 30;
const LIMIT_MS = 10_000;

/** The conversations that can be chosen, and those that were. */
export class Targets {
  readonly chosen = observable.set<string>();
  /** Null until the SDK has answered. */
  teams: readonly V2NIMTeam[] | null = null;
  failed = false;

  constructor(private readonly account: AccountStores) {
    makeObservable(this, { teams: observableRef, failed: observableRef, toggle: action });
    void this.loadTeams();
  }

  /** Chooses a conversation or takes it back. Returns false when no more can be chosen. */
  toggle(conversationId: string): boolean {
    if (this.chosen.delete(conversationId)) return true;
    if (this.chosen.size >= MOST_TARGETS) return false;
    this.chosen.add(conversationId);
    return true;
  }

  readonly loadTeams = async (): Promise<void> => {
    runInAction(() => (this.failed = false));
    const { team } = this.account.connection.services;
    try {
      const teams = await foreignCall(() => team.getJoinedTeamList(), {
        clock: systemClock,
        limitMs: LIMIT_MS,
        onLimit: () => new ConnectionError(Code.timeout, 'getJoinedTeamList'),
      });
      runInAction(() => (this.teams = teams));
    } catch {
      runInAction(() => (this.failed = true));
    }
  };

  /** The conversations of the list, in its order; without a query the first of them. */
  recents(query: string): Target[] {
    const { conversations } = this.account;
    const rows = query ? conversations.rows : conversations.rows.slice(0, MOST_RECENTS);
    return rows
      .map(({ conversationId, targetId, isP2p, name, avatar }) => ({
        conversationId,
        targetId,
        name: isP2p ? name : this.account.titleOf(conversationId) || name,
        avatar,
      }))
      .filter(matches(query));
  }

  /** The friends that are not among the recents. */
  friends(query: string, shown: ReadonlySet<string>): Target[] {
    const { contacts, conversations } = this.account;
    const friends = contacts.friends.map(({ accountId, name, avatar }) => ({
      conversationId: conversations.conversationIdWith(accountId),
      targetId: accountId,
      name,
      avatar,
    }));
    return friends.filter(unless(shown)).filter(matches(query));
  }

  /** The teams that are not among the recents. */
  joined(query: string, shown: ReadonlySet<string>): Target[] {
    return (this.teams ?? [])
      .map(({ teamId, teamType, name, avatar = '' }) => ({
        conversationId: teamConversationId(this.account.accountId, { teamId, teamType }),
        targetId: teamId,
        name,
        avatar,
      }))
      .filter(unless(shown))
      .filter(matches(query));
  }
}

function unless(shown: ReadonlySet<string>) {
  return ({ conversationId }: Target) => !shown.has(conversationId);
}

function matches(query: string) {
  const wanted = query.toLowerCase();
  return ({ name, targetId }: Target) => `${name}\n${targetId}`.toLowerCase().includes(wanted);
}
