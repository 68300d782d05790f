import { AUTO_RESEND_MS, PATIENCE_MS } from '@/stores/link-lost';
import { Outbox } from '@/stores/outbox';
import type { ChatEntry } from '@/stores/chat-entry';
import { FakeClock, settle } from '../fakes/fake-clock';
import { CONVERSATION, draft } from './fakes/builders';
import { FakeConnection } from './fakes/fake-connection';

function setUp() {
  const connection = new FakeConnection();
  const clock = new FakeClock();
  const seen: string[] = [];
  const onChange = (_: string, entry: ChatEntry) =>
    seen.push(`${entry.messageClientId} ${entry.status}${entry.errorCode || ''}`);
  const outbox = new Outbox(connection.asConnection(), clock, onChange);
  let serverId = 0;
  return {
    connection,
    clock,
    outbox,
    seen,
    send: (messageClientId: string) => outbox.send(CONVERSATION, draft({ messageClientId })),
    acknowledge: async (messageClientId: string) => {
      const call = connection.next('sendMessage');
      const original = call.args[0] as ReturnType<typeof draft>;
      expect(original.messageClientId).toBe(messageClientId);
      const messageServerId = String(++serverId);
      call.resolve({ message: { ...original, messageServerId, createTime: 5000 + serverId } });
      await settle();
    },
  };
}

describe('Outbox', () => {
  test('while online messages go out side by side', async () => {
    const { connection, outbox, seen, send, acknowledge } = setUp();
    await connection.online();
    const a = send('a');
    send('b');
    expect(connection.names()).toEqual(['sendMessage', 'sendMessage']);
    await acknowledge('a');
    await acknowledge('b');
    expect(seen).toEqual(['a sent', 'b sent']);
    expect(a.messageServerId).toBe('1');
    expect(outbox.of(CONVERSATION)).toEqual([]);
  });

  test('what a lost link left behind goes out again in order, before anything newer', async () => {
    const { connection, clock, seen, send, acknowledge } = setUp();
    await connection.online();
    const a = send('a');
    send('b');
    await connection.lose();
    expect(a.status).toBe('sending');
    send('c');
    expect(connection.calls).toEqual([]);
    await clock.advance(1000);
    await connection.online();
    send('d');
    expect(connection.names()).toEqual(['sendMessage']);
    for (const id of ['a', 'b', 'c', 'd']) await acknowledge(id);
    expect(seen).toEqual(['a sent', 'b sent', 'c sent', 'd sent']);
  });

  test('the SDK is given the same message again, so that the server counts it once', async () => {
    const { connection, outbox, send } = setUp();
    await connection.online();
    send('a');
    const first = connection.next('sendMessage');
    first.reject({ code: 192004 });
    await settle();
    outbox.resend('a');
    expect(connection.next('sendMessage').args[0]).toBe(first.args[0]);
  });

  test('without a link for ten seconds a message is marked failed, and still goes out with the link', async () => {
    const { connection, clock, seen, send, acknowledge } = setUp();
    send('a');
    await clock.advance(PATIENCE_MS - 1);
    expect(seen).toEqual([]);
    await clock.advance(PATIENCE_MS / 5);
    expect(seen).toEqual(['a failed192003']);
    await connection.online();
    await acknowledge('a');
    expect(seen).toEqual(['a failed192003', 'a sending', 'a sent']);
    expect(clock.pending).toBe(0);
  });

  test('what has waited for more than five minutes waits for its writer', async () => {
    const { connection, clock, outbox, send, acknowledge } = setUp();
    const entry = send('a');
    await clock.advance(AUTO_RESEND_MS + 1);
    await connection.online();
    expect(connection.calls).toEqual([]);
    expect(entry.status).toBe('failed');
    outbox.resend('a');
    await acknowledge('a');
    expect(entry.status).toBe('sent');
  });

  test('a refusal is final: no reconnect sends it again', async () => {
    const { connection, seen, send } = setUp();
    await connection.online();
    send('a');
    connection.next('sendMessage').reject({ code: 102426 });
    await settle();
    await connection.lose();
    await connection.online();
    expect(connection.calls).toEqual([]);
    expect(seen).toEqual(['a failed102426']);
  });

  test('a text that is refused after the reconnect does not hold up what waits behind it', async () => {
    const { connection, send, acknowledge } = setUp();
    const [refused, second, third] = ['a', 'b', 'c'].map(send);
    await connection.online();
    connection.next('sendMessage').reject({ code: 107323 });
    await settle();
    await acknowledge('b');
    await acknowledge('c');
    expect(refused).toMatchObject({ status: 'failed', errorCode: 107323 });
    expect([second?.status, third?.status]).toEqual(['sent', 'sent']);
  });

  test('a rejection without a link does not make it try again at once, for ever', async () => {
    const { connection, send, outbox } = setUp();
    const entry = send('a');
    let tries = 0;
    connection.answers.set('sendMessage', () =>
      ++tries > 50 ? new Promise(() => undefined) : Promise.reject({ code: 190002 }),
    );
    await connection.online();
    expect(tries).toBe(1);
    expect(entry.status).toBe('sending');
    outbox.dispose();
  });

  test('a message the server shows us is sent, though its acknowledgement was lost', async () => {
    const { connection, outbox, seen, send } = setUp();
    await connection.online();
    send('a');
    await connection.lose();
    outbox.settle(draft({ messageClientId: 'a', messageServerId: '77' }));
    await connection.online();
    expect(connection.calls).toEqual([]);
    expect(seen).toEqual(['a sent']);
  });

  test('after dispose nothing is heard of it', async () => {
    const { connection, clock, outbox, seen, send } = setUp();
    await connection.online();
    send('a');
    outbox.dispose();
    connection.next('sendMessage').reject({ code: 192003 });
    await clock.advance(60_000);
    expect(seen).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});
