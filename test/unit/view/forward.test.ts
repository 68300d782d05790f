import { depthOf, obstacleOf, obstaclesOf, type Way } from '@/packages/chat/forward/obstacles';
import { MOST_TARGETS, Targets } from '@/packages/chat/forward/targets';
import { startForward } from '@/packages/chat/forward/start-forward';
import { forwardRequests } from '@/packages/chat/forward/forward';
import type { AccountStores, MessageRow } from '@/stores';
import { readMessage } from '@/stores/messages/kinds';
import { message } from '../stores/fakes/builders';

const asked: { options: string[]; questions: string[]; toasts: string[] } = {
  options: [],
  questions: [],
  toasts: [],
};
let wayChosen: Way = 'oneByOne';

jest.mock('@tarojs/taro', () => ({}));
jest.mock('@/components/page/dialogs', () => ({
  choose: (options: readonly Way[], textOf: (one: Way) => string) => {
    asked.options = options.map(textOf);
    return Promise.resolve(wayChosen);
  },
  confirm: ({ content }: { content: string }) => {
    asked.questions.push(content);
    return Promise.resolve(true);
  },
  toast: (title: string) => asked.toasts.push(title),
}));

beforeEach(() => {
  Object.assign(asked, { options: [], questions: [], toasts: [] });
  forwardRequests.current = null;
  wayChosen = 'oneByOne';
});

function row(fields: Parameters<typeof message>[0] = {}, changes: Partial<MessageRow> = {}) {
  const made = message(fields);
  return {
    ...readMessage(made),
    message: made,
    status: 'sent',
    recalled: false,
    ...changes,
  } as MessageRow;
}

const merged = (depth: number) =>
  row({
    messageType: 100,
    attachment: {
      raw: JSON.stringify({ type: 101, data: { url: 'https://a/m', depth } }),
    } as never,
  });

describe('a message that cannot be forwarded', () => {
  test.each([
    [null, row()],
    [null, row({ messageType: 2, attachment: { url: 'https://a/s.mp3' } as never })],
    ['unknown', row({ messageType: 1, attachment: { path: 'wxfile://a' } as never })],
    ['unknown', row({ messageType: 99 as never })],
    ['unknown', row({ messageType: 11 })],
    ['call', row({ messageType: 12 })],
    ['notice', row({ messageType: 5 })],
    ['notice', row({ messageType: 10 })],
    ['unsent', row({}, { status: 'failed' })],
    ['unsent', row({}, { status: 'sending' })],
    ['recalled', row({}, { recalled: true })],
  ])('%s', (obstacle, each) => {
    expect(obstacleOf(each, 'oneByOne')).toBe(obstacle);
    expect(obstacleOf(each, 'merged')).toBe(obstacle);
  });

  test('is a history of three levels, in another history only', () => {
    expect([1, 2, 3].map((depth) => depthOf(merged(depth)))).toEqual([1, 2, 3]);
    expect(obstacleOf(merged(2), 'merged')).toBeNull();
    expect(obstacleOf(merged(3), 'merged')).toBe('tooDeep');
    expect(obstacleOf(merged(3), 'oneByOne')).toBeNull();
  });

  test('is counted by its reason', () => {
    const rows = [row(), row({ messageType: 12 }), row({ messageType: 12 }), merged(3)];
    expect([...obstaclesOf(rows, 'merged')]).toEqual([
      ['call', 2],
      ['tooDeep', 1],
    ]);
  });
});

describe('the start of forwarding', () => {
  const start = async (rows: readonly MessageRow[]) => {
    const opened: string[] = [];
    await startForward({
      conversationId: 'me|1|peer',
      rows,
      language: 'en',
      navigate: (url) => opened.push(url),
      onSent: () => undefined,
    });
    return opened;
  };

  test('asks nothing for a single message', async () => {
    expect(await start([row()])).toHaveLength(1);
    expect(asked).toEqual({ options: [], questions: [], toasts: [] });
    expect(forwardRequests.current?.rows).toHaveLength(1);
  });

  test('says what is left out, and goes on without it', async () => {
    await start([row(), row({ messageType: 12 }), row({}, { status: 'failed' }), row()]);
    expect(asked.options).toEqual(['One by one', 'As chat history']);
    expect(asked.questions).toEqual(['1 call\n1 unsent message']);
    expect(forwardRequests.current?.rows).toHaveLength(2);
  });

  test('opens nothing when nothing can be forwarded', async () => {
    expect(await start([row({ messageType: 12 }), row({ messageType: 5 })])).toEqual([]);
    expect(asked.toasts).toEqual(['Cannot be forwarded: 1 call, 1 notice']);
  });

  test('refuses more than 10 one by one, and takes up to 100 as a history', async () => {
    const many = Array.from({ length: 100 }, () => row());
    expect(await start(many.slice(0, 10))).toHaveLength(1);
    expect(await start(many.slice(0, 11))).toEqual([]);
    expect(asked.toasts[0]).toContain('At most 10');
    wayChosen = 'merged';
    expect(await start(many)).toHaveLength(1);
  });
});

describe('the conversations that can be chosen', () => {
  const made = async (teams: () => Promise<object[]>) => {
    const targets = new Targets({
      accountId: 'me',
      titleOf: () => 'Rides',
      contacts: {
        friends: [
          { accountId: 'peer', name: 'Peer', avatar: '' },
          { accountId: 'zoe', name: 'Zoe', avatar: '' },
        ],
      },
      conversations: {
        rows: [
          { conversationId: 'me|1|peer', targetId: 'peer', isP2p: true, name: 'Peer', avatar: '' },
          { conversationId: 'me|2|7', targetId: '7', isP2p: false, name: '7', avatar: '' },
        ],
        conversationIdWith: (id: string) => `me|1|${id}`,
      },
      connection: { services: { team: { getJoinedTeamList: teams } } },
    } as unknown as AccountStores);
    for (let i = 0; i < 10; i++) await Promise.resolve();
    return targets;
  };
  const TEAMS = [
    { teamId: '7', teamType: 1, name: 'Rides' },
    { teamId: '8', teamType: 2, name: 'Everybody' },
  ];
  const all = (targets: Targets, query = '') => {
    const recents = targets.recents(query);
    const shown = new Set(recents.map(({ conversationId }) => conversationId));
    return [...recents, ...targets.friends(query, shown), ...targets.joined(query, shown)].map(
      ({ conversationId }) => conversationId,
    );
  };

  test('are recent chats, then friends and teams, each once', async () => {
    const targets = await made(() => Promise.resolve(TEAMS));
    expect(all(targets)).toEqual(['me|1|peer', 'me|2|7', 'me|1|zoe', 'me|3|8']);
    expect(all(targets, 'ride')).toEqual(['me|2|7']);
    expect(all(targets, 'ZOE')).toEqual(['me|1|zoe']);
  });

  test('are shown without teams when those do not load, which can be requested again', async () => {
    let answer: () => Promise<object[]> = () => Promise.reject(new Error('refused'));
    const targets = await made(() => answer());
    expect(targets.failed).toBe(true);
    expect(all(targets)).toHaveLength(3);
    answer = () => Promise.resolve(TEAMS);
    await targets.loadTeams();
    expect(targets.failed).toBe(false);
    expect(all(targets)).toHaveLength(4);
  });

  test('are at most nine', async () => {
    const targets = await made(() => Promise.resolve([]));
    for (let i = 0; i < MOST_TARGETS; i++) expect(targets.toggle(`me|1|${i}`)).toBe(true);
    expect(targets.toggle('me|1|more')).toBe(false);
    expect(targets.toggle('me|1|0')).toBe(true);
    expect(targets.chosen.size).toBe(8);
  });
});
