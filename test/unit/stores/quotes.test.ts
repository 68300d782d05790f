import fc from 'fast-check';
import { autorun } from 'mobx';
import { Quotes } from '@/stores/chat/quotes';
import { kitReplyOf, type Quote, quoteIn } from '@/stores/messages/kinds/quote';
import { RemovedMessages } from '@/stores/messages/removed-messages';
import { knownEntry } from '@/stores/messages/entry';
import { MessageRow } from '@/stores/messages/message-row';
import type { V2NIMMessage, V2NIMMessageRefer } from '@/sdk/types';
import { FakeClock, settle } from '../fakes/fake-clock';
import { CONVERSATION, message } from './fakes/builders';
import { FakeConnection } from './fakes/fake-connection';

const SEED = Number(process.env.SEED ?? 15);
const TEXT = 'a text';
const QUOTE: Quote = {
  messageClientId: 'id',
  messageServerId: '77',
  createTime: 1_700_000_000_000,
  senderId: 'ben',
  receiverId: 'anna',
};

describe('the original that a reply names', () => {
  const inExtension = (yxReplyMsg: unknown) =>
    quoteIn({ serverExtension: JSON.stringify({ yxReplyMsg }) });

  test('comes from the thread fields of the SDK', () => {
    expect(quoteIn({ threadReply: { ...QUOTE, conversationId: 'x' } })).toEqual(QUOTE);
  });

  test("comes from the extension of Yunxin's older kits, in the form that this client writes", () => {
    const written = kitReplyOf({ ...QUOTE, conversationId: CONVERSATION, conversationType: 1 });
    expect(written).toEqual({
      idClient: 'id',
      scene: 1,
      from: 'ben',
      receiverId: 'anna',
      to: CONVERSATION,
      idServer: '77',
      time: QUOTE.createTime,
    });
    expect(inExtension(written)).toEqual(QUOTE);
  });

  test('comes from the thread fields when both are there, and from the extension when those are broken', () => {
    const serverExtension = JSON.stringify({ yxReplyMsg: { idClient: 'old' } });
    expect(quoteIn({ threadReply: QUOTE, serverExtension })).toEqual(QUOTE);
    expect(quoteIn({ threadReply: { messageClientId: 7 }, serverExtension })?.messageClientId).toBe(
      'old',
    );
  });

  test('has no more than an id when the sender gave no more', () => {
    expect(inExtension({ idClient: 'id', type: 'text', body: TEXT, time: 'soon' })).toEqual({
      messageClientId: 'id',
      messageServerId: '',
      createTime: 0,
      senderId: '',
      receiverId: '',
    });
  });

  test.each([
    ['no reply', {}],
    ['an empty extension', { serverExtension: '' }],
    ['a broken extension', { serverExtension: '{"yxReplyMsg":' }],
    ['an empty id', { threadReply: { ...QUOTE, messageClientId: '' } }],
    ['an id of great length', { threadReply: { ...QUOTE, messageClientId: 'x'.repeat(129) } }],
    ['a thread of another type', { threadReply: 'id' }],
  ])('is missing for %s', (_, fields) => {
    expect(quoteIn(fields)).toBeNull();
  });

  test('is bounded for fields of every type', () => {
    const value = fc.oneof(
      fc.anything(),
      fc.constantFrom('x'.repeat(1_000_000), 1e300, NaN, -1, '0', '12', ' 12', null),
    );
    const fields = fc.record(
      {
        messageClientId: value,
        messageServerId: value,
        createTime: value,
        senderId: value,
        receiverId: value,
        idClient: value,
        idServer: value,
        time: value,
        from: value,
      },
      { requiredKeys: [] },
    );
    const text = (one: unknown) => {
      try {
        return JSON.stringify({ yxReplyMsg: one });
      } catch {
        return undefined;
      }
    };
    fc.assert(
      fc.property(fc.oneof(fields, value), (one) => {
        for (const quote of [
          quoteIn({ threadReply: one }),
          quoteIn({ serverExtension: text(one) }),
          quoteIn({ serverExtension: one }),
        ]) {
          if (!quote) continue;
          const { createTime, ...ids } = quote;
          expect(quote.messageClientId).not.toBe('');
          expect(Number.isSafeInteger(createTime) && createTime >= 0).toBe(true);
          for (const id of Object.values(ids)) expect(id.length).toBeLessThanOrEqual(128);
        }
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });
});

async function setUp() {
  const connection = new FakeConnection();
  const clock = new FakeClock();
  const removed = new RemovedMessages<V2NIMMessage>();
  const rows = new Map<string, MessageRow>();
  const chat = { conversationId: CONVERSATION, row: (id: string) => rows.get(id) };
  await connection.online();
  const quotes = new Quotes({ chat, connection: connection.asConnection(), removed, clock });
  const asked = (): string[] =>
    (connection.next('getMessageListByRefers').args[0] as V2NIMMessageRefer[]).map(
      ({ messageClientId }) => messageClientId,
    );
  return { connection, clock, removed, rows, quotes, asked };
}

function quoteOf({
  messageClientId,
  messageServerId,
  createTime,
  senderId,
  receiverId,
}: V2NIMMessage) {
  return { messageClientId, messageServerId, createTime, senderId, receiverId };
}

describe('the originals of a chat', () => {
  test('are taken from the rows without a request', async () => {
    const { rows, quotes, clock, connection } = await setUp();
    const original = message({ text: TEXT });
    rows.set(original.messageClientId, new MessageRow(knownEntry(original, '1')));
    expect(quotes.of(quoteOf(original))).toBe(original);
    await clock.advance(1000);
    expect(connection.names()).toEqual([]);
  });

  test('are requested together, once, at most twenty at a time and one request after the other', async () => {
    const { quotes, clock, connection } = await setUp();
    const originals = Array.from({ length: 25 }, () => message());
    for (let turn = 0; turn < 2; turn++)
      for (const one of originals) expect(quotes.of(quoteOf(one))).toBe('loading');
    await clock.advance(1000);
    const first = connection.next('getMessageListByRefers');
    expect(first.args[0]).toHaveLength(20);
    expect((first.args[0] as V2NIMMessageRefer[])[0]).toMatchObject({
      conversationId: CONVERSATION,
      conversationType: 1,
    });
    expect(connection.names()).toEqual([]);
    first.resolve(originals.slice(0, 20).reverse());
    await clock.advance(1000);
    const second = connection.next('getMessageListByRefers');
    expect(second.args[0]).toHaveLength(5);
    second.resolve([]);
    await settle();
    expect(quotes.of(quoteOf(originals[0] as V2NIMMessage))).toBe(originals[0]);
    expect(quotes.of(quoteOf(originals[24] as V2NIMMessage))).toBe('gone');
    await clock.advance(1000);
    expect(connection.names()).toEqual([]);
  });

  test('are gone when they are recalled, deleted or cleared while they are shown', async () => {
    const { quotes, clock, connection, removed } = await setUp();
    const [recalled, deleted, cleared] = [message(), message(), message()];
    const all = [recalled, deleted, cleared];
    const shown: string[] = [];
    const stop = autorun(() => {
      shown.push(
        all
          .map((one) => quotes.of(quoteOf(one)))
          .map((one) => (typeof one === 'string' ? one : 'shown'))
          .join(' '),
      );
    });
    await clock.advance(100);
    connection.next('getMessageListByRefers').resolve(all);
    await settle();
    removed.addRecall(recalled.messageClientId, { accountId: 'ben', at: 1 });
    removed.addDeleted(deleted.messageClientId);
    removed.addCleared(CONVERSATION, cleared.createTime);
    stop();
    expect(shown).toEqual([
      'loading loading loading',
      'shown shown shown',
      'gone shown shown',
      'gone gone shown',
      'gone gone gone',
    ]);
  });

  test('are shown in their newest version', async () => {
    const { quotes, clock, connection, removed } = await setUp();
    const original = message({ text: 'before' });
    quotes.of(quoteOf(original));
    await clock.advance(100);
    connection.next('getMessageListByRefers').resolve([original]);
    await settle();
    removed.addChanged({ ...original, text: 'after', modifyTime: 5 });
    expect(quotes.of(quoteOf(original))).toMatchObject({ text: 'after' });
  });

  test('of another conversation are not shown', async () => {
    const { quotes, clock, connection } = await setUp();
    const secret = message({ conversationId: 'me|1|boss', text: 'secret' });
    quotes.of(quoteOf(secret));
    await clock.advance(100);
    connection.next('getMessageListByRefers').resolve([secret]);
    await settle();
    expect(quotes.of(quoteOf(secret))).toBe('gone');
  });

  test('are requested again when the link is back', async () => {
    const { quotes, clock, connection, asked } = await setUp();
    const original = message();
    quotes.of(quoteOf(original));
    await clock.advance(100);
    await connection.lose();
    await clock.advance(60_000);
    expect(connection.names()).toEqual([]);
    await connection.online();
    await clock.advance(100);
    expect(asked()).toEqual([original.messageClientId]);
  });

  test('that the server refuses cost the others of their batch one request each', async () => {
    const { quotes, clock, connection } = await setUp();
    const originals = [message(), message(), message()];
    for (const one of originals) quotes.of(quoteOf(one));
    connection.answers.set('getMessageListByRefers', (refers: V2NIMMessageRefer[]) => {
      const bad = originals[1]?.messageClientId;
      if (refers.some(({ messageClientId }) => messageClientId === bad))
        return Promise.reject(Object.assign(new Error('refused'), { code: 414 }));
      return refers.map(({ messageClientId: id }) =>
        originals.find(({ messageClientId }) => messageClientId === id),
      );
    });
    await clock.advance(1000);
    expect(originals.map((one) => quotes.of(quoteOf(one)))).toEqual([
      originals[0],
      'gone',
      originals[2],
    ]);
  });

  test('without the fields of a reference are not requested', async () => {
    const { quotes, clock, connection } = await setUp();
    expect(quotes.of({ ...QUOTE, messageServerId: '' })).toBe('unknown');
    expect(quotes.of({ ...QUOTE, createTime: 0 })).toBe('unknown');
    await clock.advance(1000);
    expect(connection.names()).toEqual([]);
  });
});
