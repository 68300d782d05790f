import { RoomFeed } from '@/packages/chatroom/stores/room-feed';
import type { RoomMessage } from '@/packages/chatroom/sdk-types';
import { settle } from '../fakes/fake-clock';
import { ME, notice, said, Visit } from './fakes/fake-room';

const RECALL = 16;
const START = 1_700_000_000_000;
const at = (seconds: number) => ({ createTime: START + seconds * 1000 });

const recallOf = ({ messageClientId }: RoomMessage, seconds: number) =>
  notice(RECALL, { messageClientId }, at(seconds));

function feedOf(visit: Visit) {
  return new RoomFeed({ connection: visit.connection, clock: visit.clock, nick: () => '' });
}

async function inside(log: RoomMessage[] = []) {
  const visit = new Visit();
  visit.log = log;
  const feed = feedOf(visit);
  await visit.enter();
  await settle();
  const shown = () => feed.rows().map(({ text, recalled }) => (recalled ? 'recalled' : text));
  return { visit, feed, shown };
}

/** Holds the next request for history until the test calls the returned function. */
function holdHistory(visit: Visit): () => void {
  const answer = visit.answers.get('getMessageList');
  let release: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (release = resolve));
  visit.answers.set('getMessageList', async (...args) => {
    const page = answer?.(...args);
    await gate;
    return page;
  });
  return () => {
    if (answer) visit.answers.set('getMessageList', answer);
    release();
  };
}

describe('a recalled message', () => {
  it('is not readable after a lost link', async () => {
    const { visit, shown } = await inside();
    const rude = said('something rude', at(1));
    visit.push(rude, said('polite', at(2)));
    await visit.clock.advance(200);
    await visit.loseLink();
    visit.log = visit.log.filter((one) => one !== rude);
    visit.log.push(recallOf(rude, 3));
    await visit.clock.advance(1000);
    expect(shown()).toEqual(['recalled', 'polite']);
  });

  it('disappears after a lost link, even without a notice in the history', async () => {
    const { visit, shown } = await inside();
    const rude = said('something rude', at(1));
    const gift = said('', { ...at(1), messageType: 100 as never, attachment: { raw: '{}' } });
    const secret = said('not kept', { ...at(1), messageConfig: { historyEnabled: false } });
    const aside = said('for some', { ...at(1), notifyTargetTags: '["red"]' });
    visit.push(said('oldest', at(0)), rude, gift, secret, aside, said('polite', at(2)));
    const young = said('too young to be judged', at(55));
    visit.push(young);
    await visit.clock.advance(1000);
    await visit.loseLink();
    const gone = [rude, gift, secret, aside, young];
    visit.log = visit.log.filter((one) => !gone.includes(one));
    visit.serverTime = at(60).createTime;
    await visit.clock.advance(1000);
    expect(shown()).toEqual([
      'oldest',
      '',
      'not kept',
      'for some',
      'polite',
      'too young to be judged',
    ]);
  });

  it('is not readable when its page was in flight', async () => {
    const visit = new Visit();
    const rude = said('something rude', at(1));
    visit.log = [rude, said('polite', at(2))];
    const feed = feedOf(visit);
    const answer = holdHistory(visit);
    await visit.enter();
    visit.port.emit('revoked', rude.messageClientId);
    answer();
    await settle();
    expect(feed.rows().map(({ recalled, text }) => [recalled, text])).toEqual([
      [true, ''],
      [false, 'polite'],
    ]);
  });

  it('is not readable when its page arrives further up, although the notice was in another page', async () => {
    const rude = said('something rude', at(1));
    const log = [rude, ...Array.from({ length: 30 }, (_, i) => said(`m${i}`, at(2 + i)))];
    log.push(recallOf(rude, 40));
    const { feed, shown } = await inside(log);
    expect(shown()).not.toContain('something rude');
    await feed.loadOlder();
    expect(shown()[0]).toBe('recalled');
  });

  it('of the user whose acknowledgement was lost is not sent again', async () => {
    const { visit, feed, shown } = await inside();
    const mine = said('mine', { ...at(1), senderId: ME });
    visit.answers.set('sendMessage', () => new Promise(() => undefined));
    feed.send(mine, mine);
    await settle();
    await visit.loseLink();
    visit.log.push(recallOf(mine, 2));
    await visit.clock.advance(1000);
    expect(visit.calls.filter(([name]) => name === 'sendMessage')).toHaveLength(1);
    expect(shown()).toEqual(['recalled']);
  });
});

describe('missed messages whose history is refused', () => {
  it('get their place once the refusals end', async () => {
    const { visit, shown } = await inside();
    visit.push(said('before', at(1)));
    await visit.clock.advance(200);
    await visit.loseLink();
    visit.log.push(said('missed', at(2)));
    const answer = visit.answers.get('getMessageList');
    let refusals = 0;
    visit.answers.set('getMessageList', (...args) => {
      if (refusals++ < 3) throw { code: 416 };
      return answer?.(...args);
    });
    visit.serverTime = at(3).createTime;
    await visit.clock.advance(600);
    visit.push(said('after', at(3)));
    await visit.clock.advance(200);
    expect(shown()).toEqual(['before', 'after']);
    await visit.clock.advance(10_000);
    expect(shown()).toEqual(['before', 'missed', 'after']);
  });

  it('are reported as missing when the refusals continue, and can be requested', async () => {
    const { visit, feed, shown } = await inside();
    visit.push(said('before', at(1)));
    await visit.clock.advance(200);
    await visit.loseLink();
    visit.log.push(said('missed', at(2)));
    const answer = visit.answers.get('getMessageList');
    visit.answers.set('getMessageList', () => {
      throw { code: 416 };
    });
    await visit.clock.advance(60_000);
    expect(shown()).toEqual(['before']);
    expect([feed.isIncomplete, feed.error?.code]).toEqual([true, 416]);
    visit.push(said('after', at(90)));
    await visit.clock.advance(200);
    expect(shown()).toEqual(['before', 'after']);
    if (answer) visit.answers.set('getMessageList', answer);
    await feed.fillIn();
    expect([feed.isIncomplete, feed.error]).toEqual([false, null]);
    expect(shown()).toEqual(['before', 'missed', 'after']);
  });
});

describe('the end of the history', () => {
  it('is the page without new messages, not a short page', async () => {
    const log = Array.from({ length: 60 }, (_, i) => said(`m${i}`, at(i)));
    const visit = new Visit();
    visit.log = log;
    const answer = visit.answers.get('getMessageList');
    visit.answers.set('getMessageList', (...args) =>
      (answer?.(...args) as RoomMessage[]).slice(0, -1),
    );
    const feed = feedOf(visit);
    await visit.enter();
    await settle();
    for (let pages = 0; feed.hasOlder && pages < 20; pages++) await feed.loadOlder();
    expect(feed.hasOlder).toBe(false);
    // The server leaves out the last message of each page, and so the very first message of the history.
    expect(feed.messages().map(({ text }) => text)).toEqual(log.slice(1).map(({ text }) => text));
  });
});

describe('an event between the login and the entry', () => {
  it('is applied after the older state of the login', async () => {
    const visit = new Visit();
    visit.script = ['silent'];
    const heard: string[] = [];
    visit.connection.on('state', ({ to }) => heard.push(to.name));
    visit.connection.listen('roomMuted', (muted) => heard.push(`muted ${muted}`));
    const entering = visit.connection.enter();
    await settle();
    visit.port.emit('roomMuted', true);
    expect(heard).not.toContain('muted true');
    visit.port.answer();
    await entering;
    expect(heard.slice(-2)).toEqual(['inside', 'muted true']);
  });
});
