import type { OutgoingFile } from '@/stores';
import { rowsOf, useWorld, waitFor } from '../harness';
import type { Client } from '../harness/client';

const world = useWorld();

/** Ten texts, five pictures, three voice messages and two files, mixed. */
const PLAN = 'tittvitftitvtitvtift'.split('') as ('t' | 'i' | 'v' | 'f')[];
const KINDS = { i: ['image', 'png'], v: ['audio', 'aac'], f: ['file', 'pdf'] } as const;

function fileOf({ wx }: Client, letter: 'i' | 'v' | 'f', n: number): OutgoingFile {
  const [kind, ext] = KINDS[letter];
  const file = wx.files.add(Buffer.from(`content ${n}`), ext);
  return { kind, file, name: `${n}.${ext}`, ...(kind === 'audio' ? { duration: 2000 } : {}) };
}

const signIn = (accountId: string) => ({
  way: 'static' as const,
  accountId,
  token: `token-${accountId}`,
});

describe('a file whose upload is cut at half', () => {
  const start = async () => {
    const client = await world.online('anna');
    const chat = await client.chatWith('ben');
    const big = client.wx.files.add(Buffer.alloc(400_000, 7), 'png');
    return { client, chat, file: { kind: 'image', file: big, name: 'big.png' } as const };
  };
  const objects = () => world.emulator.storage.objects();
  const log = () => world.emulator.world.serverLog('p2p', 'anna', 'ben');

  test('has failed, and its retry is the only message with the only object', async () => {
    const { chat, file } = await start();
    world.emulator.faults.add({ kind: 'upload', how: 'cut', times: 1 });
    chat.sendFile(file);
    const row = rowsOf(chat)[0];
    await waitFor(() => row?.status === 'failed', { what: 'the failure' });
    if (row) chat.resend(row);
    await waitFor(() => row?.status === 'sent', { what: 'the message to be sent' });
    expect(log()).toHaveLength(1);
    expect(objects()).toHaveLength(1);
  });

  test('is gone after a cancel, and nothing refers to its object', async () => {
    const { chat, file } = await start();
    world.emulator.faults.add({ kind: 'upload', how: 'slow' });
    chat.sendFile(file);
    const row = rowsOf(chat)[0];
    await waitFor(() => (row?.progress ?? 0) > 10, { what: 'some progress' });
    if (row) await chat.remove(row);
    expect(rowsOf(chat)).toEqual([]);
    chat.sendText('after it');
    await waitFor(() => log().length === 1, { what: 'the text' });
    expect(log()[0]?.text).toBe('after it');
    expect(objects()).toHaveLength(0);
  });
});

test('twenty messages without a link arrive once and in order after the app was ended and started', async () => {
  const storage = new Map<string, unknown>();
  const files = new Map<string, Buffer>();
  const first = world.client('first', { storage, files });
  await first.signIn(signIn('anna'), { remember: true });
  const chat = await first.chatWith('ben');
  const { faults } = world.emulator;
  const dead = [
    faults.add({ kind: 'command', command: '*', drop: 'request', accountId: 'anna' }),
    faults.add({ kind: 'upload', how: 'hang' }),
  ];
  PLAN.forEach((letter, n) => {
    if (letter === 't') chat.sendText(`text ${n}`);
    else chat.sendFile(fileOf(first, letter, n));
  });
  const ids = rowsOf(chat).map(({ messageClientId }) => messageClientId);
  const copies = () => [...files.keys()].filter((path) => path.includes('/unsent/'));
  await waitFor(() => copies().length === 10, { what: 'the copies of the files' });
  // The host reports the last copy in a later turn of the event loop.
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  first.wx.app.hide();
  await first.dispose();
  for (const fault of dead) fault.remove();
  expect(world.emulator.world.serverLog('p2p', 'anna', 'ben')).toHaveLength(0);

  const next = world.client('next', { storage, files });
  await next.signIn(signIn('anna'), { remember: true });
  const log = () => world.emulator.world.serverLog('p2p', 'anna', 'ben');
  await waitFor(() => log().length === 20, { what: 'twenty messages' });
  expect(log().map(({ messageClientId }) => messageClientId)).toEqual(ids);
  expect(world.emulator.storage.objects()).toHaveLength(10);
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  next.wx.app.hide();
  expect(storage.has('yunxin.unsent.anna')).toBe(false);
  expect(copies()).toEqual([]);
});
