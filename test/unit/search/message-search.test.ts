import { byConversation, MessageSearch } from '@/packages/search/message-search';
import { RemovedMessages } from '@/stores/messages/removed-messages';
import type { V2NIMMessage } from '@/sdk/types';
import type { AccountStores } from '@/stores';
import { FakeClock, settle } from '../fakes/fake-clock';
import { CONVERSATION, ME, message } from '../stores/fakes/builders';

interface Asked {
  params: { keyword: string; endTime?: number; p2pAccountIds?: string[]; teamIds?: string[] };
  resolve: (found: V2NIMMessage[]) => void;
  reject: (error: unknown) => void;
}

function setUp() {
  const asked: Asked[] = [];
  const clock = new FakeClock();
  const removed = new RemovedMessages<V2NIMMessage>();
  const connection = {
    state: { name: 'online' },
    services: {
      message: {
        getMessageList: (params: Asked['params']) =>
          new Promise((resolve, reject) => asked.push({ params, resolve, reject })),
        searchCloudMessages: (params: Asked['params']) =>
          new Promise((resolve, reject) => asked.push({ params, resolve, reject })),
      },
    },
  };
  const account = { connection, conversations: { removed } } as unknown as AccountStores;
  const search = new MessageSearch(account, clock);
  const ids = () => search.found.map(({ messageClientId }) => messageClientId);
  const type = async (keyword: string, conversationId?: string) => {
    search.search({ keyword, conversationId });
    await clock.advance(300);
  };
  return { asked, clock, removed, connection, search, ids, type };
}

describe('a search for messages', () => {
  test('asks once for a word that is typed letter by letter', async () => {
    const { asked, clock, search } = setUp();
    for (const keyword of ['h', 'ha', 'har']) {
      search.search({ keyword });
      await clock.advance(100);
    }
    expect(search.state).toBe('loading');
    await clock.advance(300);
    expect(asked.map(({ params }) => params.keyword)).toEqual(['har']);
  });

  test('drops the answer to an earlier word', async () => {
    const { asked, search, ids, type } = setUp();
    await type('first');
    await type('second');
    const [late, right] = [message(), message()];
    asked[1]?.resolve([right]);
    await settle();
    asked[0]?.resolve([late]);
    await settle();
    expect(ids()).toEqual([right.messageClientId]);
    expect(search.state).toBe('ready');
  });

  test('pages in a conversation without a double, until a page brings nothing new', async () => {
    const { asked, search, ids, type } = setUp();
    await type('word', CONVERSATION);
    expect(asked[0]?.params).toMatchObject({ p2pAccountIds: ['peer'] });
    const all = [5, 4, 4, 3].map((createTime) => message({ createTime }));
    asked[0]?.resolve(all.slice(0, 2));
    await settle();
    search.more();
    search.more();
    await settle();
    expect(asked).toHaveLength(2);
    expect(asked[1]?.params.endTime).toBe(4);
    asked[1]?.resolve(all.slice(1));
    await settle();
    expect(ids()).toEqual(all.map(({ messageClientId }) => messageClientId));
    search.more();
    await settle();
    asked[2]?.resolve(all.slice(3));
    await settle();
    expect(search.hasMore).toBe(false);
    expect(ids()).toHaveLength(4);
  });

  test('asks for a team by its id', async () => {
    const { asked, type } = setUp();
    await type('word', `${ME}|2|77`);
    expect(asked[0]?.params).toMatchObject({ teamIds: ['77'] });
  });

  test('does not show what was recalled, deleted or cleared', async () => {
    const { asked, removed, ids, type } = setUp();
    const [recalled, deleted, cleared, left] = [10, 11, 1, 12].map((createTime) =>
      message({ createTime }),
    ) as [V2NIMMessage, V2NIMMessage, V2NIMMessage, V2NIMMessage];
    removed.addRecall(recalled.messageClientId, { accountId: 'peer', at: 0 });
    removed.addDeleted(deleted.messageClientId);
    removed.addCleared(CONVERSATION, 5);
    await type('word');
    asked[0]?.resolve([recalled, deleted, cleared, left]);
    await settle();
    expect(ids()).toEqual([left.messageClientId]);
  });

  test('fails with the code of the server, of a lost link, and after 10 s without an answer', async () => {
    const { asked, clock, connection, search, type } = setUp();
    await type('word');
    asked[0]?.reject({ code: 403 });
    await settle();
    expect(search.error?.code).toBe(403);
    connection.state.name = 'waiting';
    search.retry();
    await settle();
    expect(search.error?.code).toBe(600103);
    connection.state.name = 'online';
    search.retry();
    await clock.advance(10_000);
    expect(search.error?.code).toBe(191005);
    search.retry();
    await settle();
    asked.at(-1)?.resolve([]);
    await settle();
    expect(search.state).toBe('ready');
  });

  test('lists pictures and videos of a conversation without a word, page by page', async () => {
    const { asked, clock, search, ids } = setUp();
    search.search({ keyword: '', conversationId: CONVERSATION, kinds: 'media' });
    await clock.advance(300);
    expect(asked[0]?.params).toMatchObject({ messageTypes: [1, 3], direction: 0 });
    const all = [1, 2, 3].map(() => message());
    asked[0]?.resolve(all.slice(0, 2));
    await settle();
    search.more();
    await settle();
    expect(asked[1]?.params).toMatchObject({ anchorMessage: all[1] });
    asked[1]?.resolve(all.slice(2));
    await settle();
    expect(ids()).toEqual(all.map(({ messageClientId }) => messageClientId));
    search.search({ ...search.query, keyword: 'word', kinds: 'files' });
    await clock.advance(300);
    expect(asked[2]?.params).toMatchObject({ keyword: 'word', messageTypes: [6] });
  });

  test('ends with an empty field', async () => {
    const { asked, search, type } = setUp();
    await type('word');
    await type('');
    asked[0]?.resolve([message()]);
    await settle();
    expect([search.state, search.found.length]).toEqual(['idle', 0]);
  });
});

test('messages are grouped by conversation in the order of the newest of each', () => {
  const of = (conversationId: string) => message({ conversationId });
  const [a, b, c] = [of('a'), of('b'), of('a')];
  expect(byConversation([a, b, c])).toEqual([[a, c], [b]]);
});
