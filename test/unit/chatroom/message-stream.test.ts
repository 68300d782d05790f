import { ConnectionError } from '@/connection';
import {
  type CatchUpBounds,
  type FetchSince,
  MessageStream,
} from '@/packages/chatroom/connection/message-stream';
import type { RoomMessage } from '@/packages/chatroom/sdk-types';
import { settle } from '../fakes/fake-clock';
import { said, Visit } from './fakes/fake-room';

const at = (createTime: number, id: string) => said(id, { createTime, messageClientId: id });

const ids = (messages: readonly RoomMessage[]) =>
  messages.map(({ messageClientId }) => messageClientId);

/** A stream, its delivered messages, and the server's log. */
function create(log: RoomMessage[] = []) {
  const given: string[] = [];
  const messages: RoomMessage[] = [];
  let gaps = 0;
  let opened = 0;
  const pauses: number[] = [];
  const stream = new MessageStream({
    messages: (fresh) => {
      messages.push(...fresh);
      given.push(...ids(fresh));
    },
    tooMuch: () => gaps++,
  });
  const fetch: FetchSince = (beginTime, limit) =>
    Promise.resolve(log.filter(({ createTime }) => createTime >= beginTime).slice(0, limit));
  const bounds: CatchUpBounds = {
    pause: (attempt) => {
      pauses.push(attempt);
      return Promise.resolve();
    },
    onOpen: () => opened++,
  };
  const catchUp = (from: FetchSince = fetch) => stream.catchUp(from, bounds);
  return {
    stream,
    given,
    messages,
    fetch,
    catchUp,
    pauses,
    bounds,
    gaps: () => gaps,
    opened: () => opened,
  };
}

/** Refuses `times` requests with `code`, then calls `fetch`. */
function refusing(times: number, code: number, fetch: FetchSince): FetchSince {
  let left = times;
  return (beginTime, limit) =>
    left-- > 0 ? Promise.reject(new ConnectionError(code)) : fetch(beginTime, limit);
}

describe('the message stream', () => {
  it.each([
    ['senderId', undefined, ''],
    ['text', 5, undefined],
    ['createTime', 'soon', 5000],
    ['createTime', Number.NaN, 5000],
  ])('delivers a message whose %s is %p with %p instead', async (field, value, instead) => {
    const { stream, given, catchUp, messages } = create([at(6000, 'missed')]);
    stream.begin(5000);
    stream.push({ ...at(5000, 'a'), [field]: value });
    expect(messages[0]).toHaveProperty('messageClientId', 'a');
    expect(messages[0]?.[field as 'text']).toBe(instead);
    stream.hold();
    await catchUp();
    expect(given).toEqual(['a', 'missed']);
  });

  it('drops a message without an id', () => {
    const { stream, given } = create();
    stream.push({ ...at(5000, 'a'), messageClientId: undefined as never });
    expect(given).toEqual([]);
  });

  it('delivers a repeated push once', () => {
    const { stream, given } = create();
    const message = at(1000, 'a');
    stream.push(message);
    stream.push({ ...message });
    expect(given).toEqual(['a']);
  });

  it('holds pushes until missed messages are loaded, in the order of the server', async () => {
    const log = [at(5000, 'a'), at(5001, 'b'), at(5001, 'c'), at(5002, 'd'), at(5002, 'e')];
    const { stream, given, catchUp } = create(log);
    stream.push(log[0] as RoomMessage);
    stream.hold();
    stream.push(log[4] as RoomMessage);
    expect(given).toEqual(['a']);
    await catchUp();
    expect(given).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('delivers a held push that the server does not store', async () => {
    const { stream, given, catchUp } = create([at(5000, 'a')]);
    stream.push(at(5000, 'a'));
    stream.hold();
    stream.push(at(5001, 'gift'));
    await catchUp();
    expect(given).toEqual(['a', 'gift']);
  });

  it('loads further pages, also when a page has a single millisecond', async () => {
    const log = Array.from({ length: 450 }, (_, i) => at(i < 350 ? 5000 : 5001 + i, `m${i}`));
    const { stream, given, catchUp } = create(log);
    stream.begin(4900);
    stream.hold();
    await catchUp();
    expect(given).toEqual(ids(log));
  });

  it('reports when more messages were missed than it loads', async () => {
    const log = Array.from({ length: 1300 }, (_, i) => at(5000 + i, `m${i}`));
    const { stream, given, catchUp, gaps } = create(log);
    stream.begin(4999);
    stream.hold();
    await catchUp();
    expect([gaps(), given]).toEqual([1, []]);
  });

  it('loads from the same time again when the link is lost during the loading', async () => {
    const log = [at(5000, 'a'), at(5001, 'b'), at(5002, 'c')];
    const { stream, given, catchUp } = create(log);
    stream.push(log[0] as RoomMessage);
    stream.hold();
    const first = catchUp();
    stream.hold();
    await first;
    expect(given).toEqual(['a']);
    await catchUp();
    expect(given).toEqual(['a', 'b', 'c']);
  });

  it('retries after a pause when the history is refused, and shows pushes meanwhile', async () => {
    const log = [at(5000, 'a'), at(5001, 'missed'), at(5002, 'pushed')];
    const { stream, given, fetch, catchUp, bounds, pauses, gaps, opened } = create(log);
    stream.push(log[0] as RoomMessage);
    stream.hold();
    stream.push(log[2] as RoomMessage);
    let resume: () => void = () => undefined;
    bounds.pause = (attempt) => {
      pauses.push(attempt);
      return attempt < 3 ? Promise.resolve() : new Promise((resolve) => (resume = resolve));
    };
    const done = catchUp(refusing(3, 416, fetch));
    await settle();
    expect([pauses, given, opened()]).toEqual([[1, 2, 3], ['a', 'pushed'], 1]);
    stream.push(at(5003, 'later'));
    resume();
    expect(await done).toBe(true);
    // The missed message gets its place by its time; the content orders it.
    expect(given).toEqual(['a', 'pushed', 'later', 'missed']);
    expect([gaps(), opened()]).toEqual([0, 1]);
  });

  it('loads from the time before the loss, whatever was pushed or sent since', async () => {
    const log = [at(5000, 'a'), at(5001, 'missed'), at(90_000, 'pushed'), at(90_001, 'missed too')];
    const { stream, given, fetch, catchUp, bounds } = create(log);
    stream.push(log[0] as RoomMessage);
    stream.hold();
    bounds.pause = () => new Promise(() => undefined);
    void catchUp(refusing(1, 416, fetch));
    await settle();
    stream.push(log[2] as RoomMessage);
    stream.rememberMessage(at(90_000, 'mine'));
    stream.hold();
    await catchUp();
    expect(given).toEqual(['a', 'pushed', 'missed', 'missed too']);
  });

  it.each([
    ['again and again', 416, 6],
    ['for good', 403, 1],
  ])('starts again when the history is refused %s', async (_how, code, tries) => {
    const { stream, given, fetch, catchUp, gaps, opened } = create();
    stream.hold();
    stream.push(at(5000, 'a'));
    let asked = 0;
    const complete = await catchUp((beginTime, limit) => {
      asked++;
      return refusing(1, code, fetch)(beginTime, limit);
    });
    stream.push(at(5001, 'b'));
    expect([complete, asked, gaps(), opened()]).toEqual([false, tries, 1, 1]);
    expect(given).toEqual(['a', 'b']);
  });

  it('loads further pages also where the server leaves out messages that it has counted', async () => {
    const log = Array.from({ length: 250 }, (_, i) => at(5000 + i, `m${i}`));
    const { stream, given, fetch, catchUp } = create(log);
    stream.begin(4999);
    stream.hold();
    await catchUp(async (beginTime, limit) => (await fetch(beginTime, limit)).slice(0, limit - 1));
    expect(given).toEqual(ids(log));
  });

  it('loads an overtaken push by starting a second before the last message', async () => {
    const log = [at(5000, 'overtaken'), at(5900, 'last')];
    const { stream, given, catchUp } = create(log);
    stream.push(log[1] as RoomMessage);
    stream.hold();
    await catchUp();
    expect(given).toEqual(['last', 'overtaken']);
  });
});

describe('a visit', () => {
  it('loads from the last message, not from the moment of the new entry', async () => {
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
