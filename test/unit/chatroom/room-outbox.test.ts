import type { ConnectionError } from '@/connection';
import type { RoomEntry } from '@/packages/chatroom/stores/room-entry';
import { Places } from '@/packages/chatroom/stores/room-entry';
import { RoomOutbox } from '@/packages/chatroom/stores/room-outbox';
import type { RoomMessage } from '@/packages/chatroom/sdk';
import { AUTO_RESEND_MS, PATIENCE_MS } from '@/stores/link-lost';
import { settle } from '../fakes/fake-clock';
import { ME, said, Visit } from './fakes/fake-room';

/** A request to send that the server has not answered. */
interface Request {
  text: string;
  message: RoomMessage;
  acknowledge(): void;
  refuse(code: number): void;
}

/** A visit that is inside, its outbox, and the server's side of each send. */
async function inside() {
  const visit = new Visit();
  const requests: Request[] = [];
  const seen: string[] = [];
  visit.answers.set(
    'sendMessage',
    (message: RoomMessage) =>
      new Promise((resolve, reject) => {
        requests.push({
          text: message.text ?? '',
          message,
          acknowledge: () => resolve({ message: { ...message, createTime: visit.serverTime++ } }),
          refuse: (code) => reject({ code } satisfies Pick<ConnectionError, 'code'>),
        });
      }),
  );
  const outbox = new RoomOutbox(visit.connection, visit.clock, new Places(), (entry: RoomEntry) =>
    seen.push(`${entry.message.text} ${entry.status}${entry.errorCode || ''}`),
  );
  await visit.enter();
  const send = (text: string) => {
    const message = said(text, { senderId: ME });
    return outbox.send(message, message);
  };
  const next = async () => {
    await settle();
    const request = requests.shift();
    if (!request) throw new Error('nothing was sent');
    return request;
  };
  const texts = async () => {
    await settle();
    return requests.map(({ text }) => text);
  };
  return { visit, outbox, seen, send, next, texts };
}

/** Breaks the link, and keeps it down until the returned function is called. */
async function breakLink(visit: Visit): Promise<() => Promise<void>> {
  visit.script = Array.from({ length: 500 }, () => ({ code: 192001 }));
  await visit.loseLink();
  return async () => {
    visit.script = [];
    visit.connection.retryNow();
    await visit.clock.advance(0);
    expect(visit.connection.state.name).toBe('inside');
  };
}

describe('RoomOutbox', () => {
  test('inside, messages go out side by side', async () => {
    const { send, texts } = await inside();
    send('a');
    send('b');
    expect(await texts()).toEqual(['a', 'b']);
  });

  test('a message behind a slow one keeps waiting: four written offline are all sent', async () => {
    const { visit, seen, send, next } = await inside();
    const repair = await breakLink(visit);
    const entries = ['a', 'b', 'c', 'd'].map(send);
    await visit.clock.advance(1000);
    await repair();
    for (const text of ['a', 'b', 'c', 'd']) {
      const request = await next();
      expect(request.text).toBe(text);
      await visit.clock.advance(4000);
      request.acknowledge();
    }
    await settle();
    expect(seen).toEqual(['a sent', 'b sent', 'c sent', 'd sent']);
    expect(entries.map(({ status }) => status)).toEqual(Array(4).fill('sent'));
  });

  test('without a link for ten seconds a message is marked failed, and still goes out with the link', async () => {
    const { visit, seen, send, next } = await inside();
    const repair = await breakLink(visit);
    send('a');
    await visit.clock.advance(PATIENCE_MS - 1);
    expect(seen).toEqual([]);
    await visit.clock.advance(PATIENCE_MS / 5);
    expect(seen).toEqual(['a failed192003']);
    await repair();
    (await next()).acknowledge();
    await settle();
    expect(seen).toEqual(['a failed192003', 'a sending', 'a sent']);
  });

  test('what has waited for more than five minutes waits for its writer', async () => {
    const { visit, outbox, send, next, texts } = await inside();
    const repair = await breakLink(visit);
    const entry = send('a');
    await visit.clock.advance(AUTO_RESEND_MS + 1);
    await repair();
    expect(await texts()).toEqual([]);
    expect(entry.status).toBe('failed');
    outbox.resend(entry.messageClientId);
    (await next()).acknowledge();
    await settle();
    expect(entry.status).toBe('sent');
  });

  test.each([190002, 191005, 192001, 192002, 192003, 192004, 192005, 600103])(
    'a failure of the link (%i) is sent again after the reconnect, as the same message',
    async (code) => {
      const { visit, send, next } = await inside();
      const entry = send('a');
      const first = await next();
      const repair = await breakLink(visit);
      first.refuse(code);
      await visit.clock.advance(PATIENCE_MS + 1000);
      expect(entry.status).toBe('failed');
      await repair();
      const again = await next();
      expect(again.message.messageClientId).toBe(first.message.messageClientId);
      again.acknowledge();
      await settle();
      expect(entry.status).toBe('sent');
    },
  );

  test('a refusal is final: no reconnect sends it again', async () => {
    const { visit, seen, send, next, texts } = await inside();
    send('a');
    (await next()).refuse(114421);
    await settle();
    const repair = await breakLink(visit);
    await repair();
    expect(await texts()).toEqual([]);
    expect(seen).toEqual(['a failed114421']);
  });

  test('a rejection without a link does not make it try again at once, for ever', async () => {
    const { visit, outbox, send } = await inside();
    const repair = await breakLink(visit);
    const entry = send('a');
    let tries = 0;
    visit.answers.set('sendMessage', () =>
      ++tries > 50 ? new Promise(() => undefined) : Promise.reject({ code: 190002 }),
    );
    await repair();
    expect(tries).toBe(1);
    expect(entry.status).toBe('sending');
    outbox.dispose();
  });
});
