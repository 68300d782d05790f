import { MessageStream } from '@/packages/chatroom/connection/message-stream';
import type { RoomMessage } from '@/packages/chatroom/sdk';
import { said, Visit } from './fakes/fake-room';

const at = (createTime: number, id: string) => said(id, { createTime, messageClientId: id });

/** A stream, what it gave, and the server's log that it may ask. */
function create(log: RoomMessage[] = []) {
  const given: string[] = [];
  let gaps = 0;
  const stream = new MessageStream({
    messages: (messages) => given.push(...messages.map(({ messageClientId }) => messageClientId)),
    tooMuch: () => gaps++,
  });
  const fetch = (beginTime: number, limit: number) =>
    Promise.resolve(log.filter(({ createTime }) => createTime >= beginTime).slice(0, limit));
  return { stream, given, fetch, gaps: () => gaps };
}

const ids = (messages: readonly RoomMessage[]) =>
  messages.map(({ messageClientId }) => messageClientId);

describe('one stream of messages', () => {
  it('gives a repeated push once', () => {
    const { stream, given } = create();
    const message = at(1000, 'a');
    stream.push(message);
    stream.push({ ...message });
    expect(given).toEqual(['a']);
  });

  it('holds pushes until what was missed is here, in the order of the server', async () => {
    const log = [at(5000, 'a'), at(5001, 'b'), at(5001, 'c'), at(5002, 'd'), at(5002, 'e')];
    const { stream, given, fetch } = create(log);
    stream.push(log[0] as RoomMessage);
    stream.hold();
    stream.push(log[4] as RoomMessage);
    expect(given).toEqual(['a']);
    await stream.catchUp(fetch);
    expect(given).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('gives what no history has: a held push that is not kept on the server', async () => {
    const { stream, given, fetch } = create([at(5000, 'a')]);
    stream.push(at(5000, 'a'));
    stream.hold();
    stream.push(at(5001, 'gift'));
    await stream.catchUp(fetch);
    expect(given).toEqual(['a', 'gift']);
  });

  it('turns pages, also when more than a page carries one millisecond', async () => {
    const log = Array.from({ length: 450 }, (_, i) => at(i < 350 ? 5000 : 5001 + i, `m${i}`));
    const { stream, given, fetch } = create(log);
    stream.begin(4900);
    stream.hold();
    await stream.catchUp(fetch);
    expect(given).toEqual(ids(log));
  });

  it('says so when more was missed than is fetched', async () => {
    const log = Array.from({ length: 1300 }, (_, i) => at(5000 + i, `m${i}`));
    const { stream, given, fetch, gaps } = create(log);
    stream.begin(4999);
    stream.hold();
    await stream.catchUp(fetch);
    expect([gaps(), given]).toEqual([1, []]);
  });

  it('lost again while it fetches, asks from the same time on', async () => {
    const log = [at(5000, 'a'), at(5001, 'b'), at(5002, 'c')];
    const { stream, given, fetch } = create(log);
    stream.push(log[0] as RoomMessage);
    stream.hold();
    const first = stream.catchUp(fetch);
    stream.hold();
    await first;
    expect(given).toEqual(['a']);
    await stream.catchUp(fetch);
    expect(given).toEqual(['a', 'b', 'c']);
  });

  it('goes on without what the server does not give', async () => {
    const { stream, given } = create();
    stream.hold();
    stream.push(at(5000, 'a'));
    await stream.catchUp(() => Promise.reject(new Error('refused')));
    stream.push(at(5001, 'b'));
    expect(given).toEqual(['a', 'b']);
  });
});

describe('a visit', () => {
  it('fetches from the last message on, not from the moment it entered again', async () => {
    const visit = new Visit();
    const heard: string[] = [];
    visit.connection.on('messages', (messages) => heard.push(...ids(messages)));
    await visit.enter();
    const after = (seconds: number) => ({ createTime: 1_700_000_000_000 + seconds * 1000 });
    visit.push(said('one', after(10)), said('two', after(20)));
    await visit.loseLink();
    visit.log.push(said('three', after(30)), said('four', after(40)));
    visit.serverTime = after(50).createTime;
    await visit.clock.advance(500);
    expect(heard).toEqual(ids(visit.log));
  });
});
