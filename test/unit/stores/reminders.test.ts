import { Reminders, REMINDERS_PREFIX, type Reminder } from '@/stores/reminders/reminders';
import { remindTimes } from '@/packages/chat/reminders/remind-times';
import { FakeConnection, fakePlatform } from './fakes/fake-connection';
import { CONVERSATION, ME } from './fakes/builders';

const HOUR = 3_600_000;

function setUp(host = fakePlatform(), staysSignedIn = true) {
  const connection = new FakeConnection();
  const { platform, clock } = host;
  const reminders = new Reminders({
    connection: connection as never,
    storage: platform.storage,
    clock,
    lifecycle: platform.lifecycle,
    staysSignedIn: () => staysSignedIn,
  });
  const add = (messageClientId: string, inMs: number, fields: Partial<Reminder> = {}) =>
    reminders.add({
      conversationId: CONVERSATION,
      messageClientId,
      createTime: 1000,
      senderId: 'ben',
      text: `text of ${messageClientId}`,
      at: clock.now() + inMs,
      ...fields,
    });
  const due = () => reminders.due.map(({ messageClientId }) => messageClientId);
  return { host, clock, connection, reminders, add, due };
}

describe('Reminders', () => {
  it('are due at their time, the earliest first, until they are removed', async () => {
    const { clock, reminders, add, due } = setUp();
    add('late', 3 * HOUR);
    add('early', HOUR);
    expect(due()).toEqual([]);
    await clock.advance(HOUR);
    expect(due()).toEqual(['early']);
    await clock.advance(2 * HOUR);
    expect(due()).toEqual(['early', 'late']);
    reminders.remove('early');
    expect(due()).toEqual(['late']);
  });

  it('are due after a time that is longer than a timer of the host', async () => {
    const { clock, add, due } = setUp();
    add('far', 40 * 24 * HOUR);
    await clock.advance(39 * 24 * HOUR);
    expect(due()).toEqual([]);
    await clock.advance(2 * 24 * HOUR);
    expect(due()).toEqual(['far']);
  });

  it('are there after a new start of a user who stays signed in, and are due then', async () => {
    const first = setUp();
    first.add('m', HOUR);
    first.reminders.dispose({ forget: false });
    await first.clock.advance(5 * HOUR);
    expect(setUp(first.host).due()).toEqual(['m']);
  });

  it('leave nothing on the device of a user who does not stay signed in, and after a sign-out', () => {
    const plain = setUp(fakePlatform(), false);
    plain.add('m', HOUR);
    expect(plain.host.platform.storage.get(REMINDERS_PREFIX + ME)).toBeUndefined();
    const kept = setUp();
    kept.add('m', HOUR);
    expect(kept.host.platform.storage.get(REMINDERS_PREFIX + ME)).toContain('text of m');
    kept.reminders.dispose({ forget: true });
    expect(kept.host.platform.storage.get(REMINDERS_PREFIX + ME)).toBeUndefined();
    expect(kept.reminders.list).toEqual([]);
  });

  it('go with a message that is recalled, deleted or cleared', () => {
    const { connection, reminders, add } = setUp();
    for (const id of ['recalled', 'deleted', 'cleared', 'newer'])
      add(id, HOUR, { createTime: id === 'newer' ? 3000 : 1000 });
    const refer = (messageClientId: string) => ({
      messageRefer: { messageClientId, conversationId: CONVERSATION, senderId: 'ben' },
    });
    const left = () => reminders.list.map(({ messageClientId }) => messageClientId);
    connection.emit('message', 'onMessageRevokeNotifications', [refer('recalled')]);
    expect(left()).toEqual(['deleted', 'cleared', 'newer']);
    connection.emit('message', 'onMessageDeletedNotifications', [refer('deleted')]);
    expect(left()).toEqual(['cleared', 'newer']);
    connection.emit('message', 'onClearHistoryNotifications', [
      { conversationId: CONVERSATION, deleteTime: 2000 },
    ]);
    expect(left()).toEqual(['newer']);
  });

  it('are at most 50; a second reminder of a message replaces the first', () => {
    const { reminders, add } = setUp();
    for (let index = 0; index < 50; index++) expect(add(`m${index}`, HOUR + index)).toBe(true);
    expect(add('one too many', HOUR)).toBe(false);
    expect(add('m7', 9 * HOUR)).toBe(true);
    expect(reminders.list).toHaveLength(50);
    expect(reminders.list.at(-1)?.messageClientId).toBe('m7');
  });

  it('leave out what another version or another account has stored', () => {
    const host = fakePlatform();
    const good = {
      conversationId: CONVERSATION,
      messageClientId: 'm',
      createTime: 1,
      senderId: 'ben',
      text: 'x',
      at: 5,
    };
    const stored = [
      good,
      { ...good, conversationId: 'other|1|ben' },
      { ...good, at: 'soon' },
      { ...good, text: 7 },
      null,
    ];
    host.platform.storage.set(REMINDERS_PREFIX + ME, JSON.stringify(stored));
    expect(setUp(host).reminders.list).toEqual([good]);
  });

  it('are due after the app was in the background, where its timers stand still', () => {
    const { clock, host, add, due } = setUp();
    add('m', HOUR);
    clock.skip(2 * HOUR);
    expect(due()).toEqual([]);
    host.show();
    expect(due()).toEqual(['m']);
  });
});

describe('the offered times', () => {
  const at = (text: string) => new Date(text).getTime();
  const offered = (now: string) =>
    remindTimes(at(now)).map(({ key, at: time }) => [key, new Date(time).toString().slice(0, 21)]);

  it.each([
    [
      '2026-11-25T10:30:00',
      [
        ['hour', 'Wed Nov 25 2026 11:30'],
        ['evening', 'Wed Nov 25 2026 20:00'],
        ['tomorrow', 'Thu Nov 26 2026 09:00'],
        ['monday', 'Mon Nov 30 2026 09:00'],
      ],
    ],
    [
      '2026-11-29T19:00:00',
      [
        ['hour', 'Sun Nov 29 2026 20:00'],
        ['tomorrow', 'Mon Nov 30 2026 09:00'],
      ],
    ],
    [
      '2026-11-30T23:59:00',
      [
        ['hour', 'Tue Dec 01 2026 00:59'],
        ['tomorrow', 'Tue Dec 01 2026 09:00'],
        ['monday', 'Mon Dec 07 2026 09:00'],
      ],
    ],
  ])('at %s', (now, expected) => {
    expect(offered(now)).toEqual(expected);
  });
});
