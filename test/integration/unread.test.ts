import { rowsOf, useWorld, waitFor } from '../harness';

const world = useWorld();
const TEAM = '7001';
const COUNT = 2000;
const MENTIONED = [300, 900, 1500];
/** Requests that one tap may cost. */
const MOST_REQUESTS = 3;

const textOf = (i: number) => (MENTIONED.includes(i) ? `@Anna ${i}` : `message ${i}`);

function write(): void {
  for (let i = 0; i < COUNT; i++)
    world.emulator.world.sendMessage({
      type: 'team',
      from: 'ben',
      to: TEAM,
      text: textOf(i),
      createTime: Date.now() - (COUNT - i) * 1000,
      ...(MENTIONED.includes(i) && {
        serverExtension:
          '{"yxAitMsg":{"anna":{"text":"@Anna ","segments":[{"start":0,"end":5,"broken":false}]}}}',
      }),
    });
}

test.each(['live', 'with the sync'])(
  '2,000 unread messages that come %s: line, first, end and mentions take 3 requests each',
  async (way) => {
    world.emulator.world.teams.createTeam({
      teamId: TEAM,
      name: 'Riders',
      owner: 'ben',
      members: ['anna'],
    });
    if (way !== 'live') write();
    const anna = await world.online('anna');
    if (way === 'live') write();
    const { conversations, connection, messages } = anna.account;
    const conversationId = `anna|2|${TEAM}`;
    await waitFor(() => conversations.get(conversationId)?.preview.text === textOf(COUNT - 1), {
      what: 'the newest message',
    });
    const { message } = connection.services;
    const getMessageList = message.getMessageList.bind(message);
    let requests = 0;
    message.getMessageList = (option) => {
      requests++;
      return getMessageList(option);
    };
    const cost = async (what: string, act: () => Promise<unknown>) => {
      requests = 0;
      await act();
      expect([what, requests <= MOST_REQUESTS]).toEqual([what, true]);
    };

    const chat = messages.open(conversationId);
    const walk = new anna.module.UnreadWalk(connection, anna.core.platform.clock, chat, {
      count: conversations.get(conversationId)?.counted ?? 0,
      mentions: conversations.unreadCounts.mentions(conversationId),
    });
    const underLine = () =>
      rowsOf(chat)
        .filter(({ messageClientId }) => walk.isFirst(messageClientId))
        .map(({ text }) => text);
    const texts = () => rowsOf(chat).map(({ text }) => text);
    await cost('the first page', () => waitFor(() => chat.ready, { what: 'the first page' }));
    expect(walk.count).toBeGreaterThanOrEqual(COUNT);
    expect(underLine()).toEqual([]);
    expect(walk.mentions).toHaveLength(MENTIONED.length);

    for (const i of MENTIONED)
      await cost(`mention ${i}`, async () => {
        const place = walk.nextMention();
        if (place) expect(await chat.jumpTo(place)).toBe(true);
        expect(texts()).toContain(textOf(i));
      });
    expect(walk.nextMention()).toBeUndefined();
    await cost('the first unread message', async () => {
      const place = await walk.first();
      if (place) expect(await chat.jumpTo(place)).toBe(true);
    });
    expect(underLine()).toEqual([textOf(0)]);
    await cost('the end', () => chat.jumpToLatest());
    expect(texts().at(-1)).toBe(textOf(COUNT - 1));
    expect(chat.hasNewer).toBe(false);
    walk.dispose();
  },
);
