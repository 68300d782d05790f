import { MessageTag } from '../protocol/tags';
import type { StoredMessage } from '../world/world-state';
import type { World } from '../world/world';
import { TeamTag } from '../world/teams';
import { optionalField } from './app-server-error';

/** The key of `yxAitMsg` that stands for all members. */
const ALL = 'ait_all';
/** WeChat cuts a value of the kind `thing` at 20 characters, and refuses an empty value. */
const THING_LENGTH = 20;
/** Counted consents of an account; WeChat tells no limit. */
const MOST_CONSENTS = 100;

/** A one-time subscribe message as `subscribeMessage.send` of WeChat takes it; `to` stands for the openid. */
export interface SentAlert {
  to: string;
  templateId: string;
  /** The page that a tap opens. */
  page: string;
  data: Readonly<Record<string, { value: string }>>;
}

/**
 * "Tell me when I am mentioned": each consent that the user gave to WeChat allows one message. A real server gets the
 * messages by Yunxin's message copy (消息抄送) and sends by WeChat's server API with the user's openid.
 */
export class MentionAlerts {
  readonly sent: SentAlert[] = [];
  private readonly consents = new Map<string, number>();

  constructor(
    private readonly world: World,
    private readonly isOnline: (accountId: string) => boolean,
    /** Its `mentionTemplateId` is the template; without it nothing is sent. */
    private readonly remoteConfig: () => unknown,
  ) {}

  left(accountId: string): number {
    return this.consents.get(accountId) ?? 0;
  }

  add(accountId: string): number {
    this.consents.set(accountId, Math.min(this.left(accountId) + 1, MOST_CONSENTS));
    return this.left(accountId);
  }

  /** Sends one message to each account that a new message mentions, that is not online and has a consent left. */
  watch(): () => void {
    return this.world.events.on('message', ({ message }) => {
      for (const accountId of mentionedIn(message, this.world)) this.alert(accountId, message);
    });
  }

  private alert(accountId: string, message: StoredMessage): void {
    const templateId = optionalField(this.remoteConfig(), 'mentionTemplateId');
    const left = this.left(accountId);
    if (templateId === undefined || left === 0 || this.isOnline(accountId)) return;
    this.consents.set(accountId, left - 1);
    const { teams } = this.world;
    const { receiverId, senderId } = message;
    const type = message.type === 'superTeam' ? 3 : 2;
    this.sent.push({
      to: accountId,
      templateId,
      page: `packages/chat/index?conversationId=${encodeURIComponent(`${accountId}|${type}|${receiverId}`)}`,
      data: {
        thing1: thing(String(teams.require(receiverId).tags[TeamTag.name])),
        thing2: thing(this.world.account(senderId)?.profile.name ?? senderId),
        thing3: thing(message.text),
      },
    });
  }
}

function thing(text: string): { value: string } {
  return { value: [...text].slice(0, THING_LENGTH).join('') || '-' };
}

/** The accounts that a message of a team mentions, without its sender. */
function mentionedIn(message: StoredMessage, world: World): string[] {
  const extension = message.tags[MessageTag.serverExtension];
  if (message.type === 'p2p' || typeof extension !== 'string') return [];
  const members = world.teams.memberIds(message.receiverId);
  const named = namesIn(extension);
  return members.filter(
    (accountId) =>
      accountId !== message.senderId && (named.includes(ALL) || named.includes(accountId)),
  );
}

function namesIn(extension: string): string[] {
  try {
    const { yxAitMsg } = JSON.parse(extension) as { yxAitMsg?: unknown };
    return typeof yxAitMsg === 'object' && yxAitMsg !== null ? Object.keys(yxAitMsg) : [];
  } catch {
    return [];
  }
}
