import fc from 'fast-check';
import type { AccountStores } from '@/stores';
import { MessageActs } from '@/stores/chat/acts';
import type { V2NIMMessage, V2NIMMessagePin, V2NIMMessageQuickComment } from '@/sdk/types';
import { settle } from '../fakes/fake-clock';
import { CONVERSATION, message } from './fakes/builders';
import { openChat } from './fakes/chat-stage';

const ORDERS = 200;
const MESSAGES = 4;
/** In a team, `peer` and `me` are members and `boss` is a manager, who recalls the messages of both. */
const KINDS = {
  p2p: { conversationId: CONVERSATION, conversationType: 1, receiverId: 'me', oneWay: 4 },
  team: { conversationId: 'me|2|900', conversationType: 2, receiverId: '900', oneWay: 5 },
} as const;
type Kind = keyof typeof KINDS;
const ACCOUNTS = ['me', 'peer', 'boss'] as const;
const BEGIN = 20_000;
const LOSABLE = ['onMessageQuickCommentNotification', 'onMessagePinNotification'];

type Act = 'edit' | 'recall' | 'withdraw' | 'delete' | 'react' | 'unreact' | 'pin' | 'unpin';
const ACTS: readonly Act[] = ['edit', 'react', 'unreact', 'pin', 'unpin', 'react', 'edit'];
/** `withdraw`: the server recalls the message for its receivers alone. */
const ENDS: readonly Act[] = ['recall', 'withdraw', 'delete'];

/** The state of a message on the server. */
interface Held {
  message: V2NIMMessage;
  recalled: boolean;
  /** Empty when the server made it, for the receivers alone. */
  recalledBy: string;
  deleted: boolean;
  /** `account|index` and the time. */
  reactions: Map<string, number>;
  pin: { by: string; time: number } | null;
}

/** An event that the SDK reports to the client. */
interface Report {
  event: string;
  args: unknown[];
  /** The number of the act, in the server's order. */
  at: number;
}

/** The server: it carries out acts in an order, and remembers its state after each. */
class Server {
  readonly reports: Report[] = [];
  readonly states: Map<string, Held>[] = [];
  private held = new Map<string, Held>();
  private time = BEGIN;

  constructor(private readonly kind: Kind) {}

  send(senderId: string): void {
    const number = this.held.size;
    const { oneWay: _, ...address } = KINDS[this.kind];
    const one = message({
      senderId,
      ...address,
      messageClientId: `m${number}`,
      text: `text ${number}`,
      createTime: ++this.time,
    });
    this.held.set(one.messageClientId, {
      message: one,
      recalled: false,
      recalledBy: '',
      deleted: false,
      reactions: new Map(),
      pin: null,
    });
    this.report('onReceiveMessages', [one]);
  }

  act(act: Act, number: number, account: string): void {
    const one = this.held.get(`m${number}`);
    if (!one || one.recalled || one.deleted) return;
    const time = ++this.time;
    const key = `${account}|1`;
    const { message: refer } = one;
    switch (act) {
      case 'edit':
        one.message = { ...refer, text: `edited at ${time}`, modifyTime: time };
        return this.report('onReceiveMessagesModified', [one.message]);
      case 'recall':
        // Members recall their own messages, a manager those of all.
        if (account !== refer.senderId && (account !== 'boss' || this.kind === 'p2p')) return;
        return this.recall(one, account, KINDS[this.kind].conversationType);
      case 'withdraw':
        return this.recall(one, '', KINDS[this.kind].oneWay);
      case 'delete':
        one.deleted = true;
        return this.report('onMessageDeletedNotifications', [{ messageRefer: refer }]);
      case 'react':
      case 'unreact':
        if (act === 'react') one.reactions.set(key, time);
        else if (!one.reactions.delete(key)) return;
        return this.report('onMessageQuickCommentNotification', {
          operationType: act === 'react' ? 1 : 2,
          quickComment: commentOf(refer, key, time),
        });
      case 'pin':
      case 'unpin':
        if ((act === 'pin') === (one.pin !== null)) return;
        one.pin = act === 'pin' ? { by: account, time } : null;
        return this.report('onMessagePinNotification', {
          pinState: act === 'pin' ? 1 : 0,
          pin: { messageRefer: refer, operatorId: account, updateTime: time },
        });
    }
  }

  private recall(one: Held, recalledBy: string, revokeType: number): void {
    const { message: messageRefer } = one;
    // The sender keeps a message that the server recalls for the receivers.
    if (recalledBy !== '' || messageRefer.senderId !== 'me') {
      Object.assign(one, { recalled: true, recalledBy, pin: null });
      one.reactions.clear();
    }
    this.report('onMessageRevokeNotifications', [
      { messageRefer, revokeAccountId: recalledBy || messageRefer.senderId, revokeType },
    ]);
  }

  private report(event: string, ...args: unknown[]): void {
    this.reports.push({ event, args, at: this.states.length });
    this.states.push(new Map([...this.held].map(([id, one]) => [id, copyOf(one)])));
  }
}

function copyOf(one: Held): Held {
  return { ...one, reactions: new Map(one.reactions), pin: one.pin && { ...one.pin } };
}

function commentOf(messageRefer: V2NIMMessage, key: string, createTime: number) {
  const operatorId = key.split('|')[0] as string;
  const fields = { messageRefer, operatorId, index: 1, createTime, serverExtension: '' };
  return fields as V2NIMMessageQuickComment;
}

/** The server's answers to the requests for lists, from a state. */
function listsOf(state: Map<string, Held> | undefined) {
  const all = [...(state?.values() ?? [])];
  return {
    reactions: Object.fromEntries(
      all.map(({ message: one, reactions }) => [
        one.messageClientId,
        [...reactions].map(([key, time]) => commentOf(one, key, time)),
      ]),
    ),
    pins: all.flatMap(({ message: messageRefer, pin }) =>
      pin
        ? ({ messageRefer, operatorId: pin.by, updateTime: pin.time } as unknown as V2NIMMessagePin)
        : [],
    ),
  };
}

const story = fc.record({
  senders: fc.array(fc.constantFrom('me', 'peer'), { minLength: MESSAGES, maxLength: MESSAGES }),
  acts: fc.array(
    fc.record({
      act: fc.constantFrom(...ACTS, ...ENDS),
      number: fc.nat(MESSAGES - 1),
      account: fc.constantFrom(...ACCOUNTS),
    }),
    { minLength: 5, maxLength: 30 },
  ),
  /** Which reports come twice, and the order of all. */
  twice: fc.array(fc.nat(40), { maxLength: 12 }),
  order: fc.array(fc.nat(1000), { minLength: 60, maxLength: 60 }),
  /** Reports of reactions and marks that get lost with the link. */
  lost: fc.array(fc.nat(40), { maxLength: 5 }),
  /** After which reports the lists are requested again, as after a reconnect. */
  relinks: fc.array(fc.nat(40), { maxLength: 3 }),
});

test.each(['p2p', 'team'] as const)(
  'in any order, twice or before their message, acts end in the state of the server: %s',
  async (kind) => {
    const { conversationId } = KINDS[kind];
    await fc.assert(
      fc.asyncProperty(story, async ({ senders, acts, twice, order, lost, relinks }) => {
        const server = new Server(kind);
        for (const sender of senders) server.send(sender);
        for (const { act, number, account } of acts) server.act(act, number, account);
        const { reports, states } = server;
        const deliveries = [...reports, ...twice.map((i) => reports[i % reports.length] as Report)]
          .map((report, i) => ({ report, key: order[i % order.length] as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ report }) => report)
          .filter(({ event, at }) => !LOSABLE.includes(event) || !lost.includes(at));

        const stage = await openChat([], { conversationId });
        const { chat, connection, host, conversations, messages } = stage;
        let newest = 0;
        connection.answers.set('getQuickCommentList', () => listsOf(states[newest]).reactions);
        connection.answers.set('getPinnedMessageList', () => listsOf(states[newest]).pins);
        const account = { connection: connection.asConnection(), conversations, messages };
        const { reactions, pins } = new MessageActs(account as AccountStores, host.clock);
        pins.watch(conversationId);
        const relink = async () => {
          const stops = [...chat.history, ...chat.live].map((row) => reactions.watch(row.message));
          await connection.online();
          await host.clock.advance(100);
          for (const stop of stops) stop();
        };
        for (const [i, { event, args, at }] of deliveries.entries()) {
          newest = Math.max(newest, at);
          connection.emit('message', event, ...args);
          if (i % 3 === 0) await host.clock.advance(100);
          for (const row of [...chat.history, ...chat.live]) reactions.watch(row.message)();
          if (relinks.includes(i)) await relink();
        }
        newest = states.length - 1;
        await host.clock.advance(1000);
        await relink();
        await settle();

        const rows = new Map(
          [...chat.history, ...chat.live].map((row) => [row.messageClientId, row]),
        );
        const end = states.at(-1) as Map<string, Held>;
        for (const [id, held] of end) {
          const row = rows.get(id);
          expect(row === undefined).toBe(held.deleted);
          if (!row) continue;
          expect(row.recalled).toBe(held.recalled);
          if (held.recalled) expect(row.recalledBy).toBe(held.recalledBy);
          expect(pins.of(conversationId).of(id)?.by ?? null).toBe(held.pin?.by ?? null);
          const given = reactions.of(id).flatMap(({ accounts }) => accounts);
          expect([...given].sort()).toEqual(
            [...held.reactions.keys()].map((key) => key.split('|')[0]).sort(),
          );
          if (!held.recalled) expect(row.text).toBe(held.message.text);
        }
      }),
      { numRuns: ORDERS, verbose: true },
    );
  },
  60_000,
);
