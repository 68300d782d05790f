import { encodePng } from '../../emulator/server/png';
import { type Phone, useWeapp } from './phone';

const stage = useWeapp();
const KEY = 'yunxin.unsent.anna';

const png = (width: number, height: number) =>
  encodePng({ width, height, data: Buffer.alloc(width * height * 4, 128) });
const bar = ({ host }: Phone) => host.page.find({ className: 'hold-bar' });
const until = (phone: Phone, is: () => boolean, what: string) =>
  phone.host.waitFor(() => is(), { what });
const rows = ({ host }: Phone) => host.page.findAll({ className: 'mine' }).length;

async function voiceMode(phone: Phone): Promise<void> {
  phone.host.page.find({ className: 'composer-voice' }).tap();
  await until(phone, () => bar(phone).visible, 'the bar');
  // The first hold asks for the microphone.
  bar(phone).event('touchstart', { y: 700 });
  bar(phone).event('touchend');
  await until(
    phone,
    () => phone.wx.ui.toasts.some(({ title }) => title === '请按住说话'),
    'the permission',
  );
}

async function say(phone: Phone, durationMs: number): Promise<void> {
  const { recorder } = phone.wx.audio;
  bar(phone).event('touchstart', { y: 700 });
  await until(phone, () => recorder.state === 'recording', 'the recorder');
  await phone.host.waitForNode({ className: 'hold-time' });
  phone.host.elapse(2000);
  recorder.clip = { durationMs };
  bar(phone).event('touchend');
  await until(phone, () => recorder.state === 'idle', 'the end of the recording');
}

it('sends ten texts, five pictures, three voice messages and two files once and in order, although the app was ended', async () => {
  const { emulator } = stage;
  emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
  const storage = new Map<string, unknown>();
  const files = new Map<string, Buffer>();
  const phone = await stage.phone({ storage, files });
  const { host, wx } = phone;
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await phone.openChat('本');
  await phone.bubble('在吗');

  const dead = [
    emulator.faults.add({ kind: 'command', command: '*', drop: 'request', accountId: 'anna' }),
    emulator.faults.add({ kind: 'upload', how: 'hang' }),
  ];
  for (let i = 0; i < 5; i++) await phone.send(`text ${i}`);
  wx.media.willPick(
    ...Array.from({ length: 5 }, (_, i) => ({ bytes: png(20 + i, 10), extension: 'png' })),
  );
  (await phone.moreItem('more-album')).tap();
  await until(phone, () => rows(phone) === 10, 'the pictures');
  wx.media.willPick(
    ...[1, 2].map((n) => ({
      bytes: Buffer.from(`file ${n}`),
      extension: 'pdf',
      name: `${n}.pdf`,
      fileType: 'file' as const,
    })),
  );
  (await phone.moreItem('more-file')).tap();
  await until(phone, () => rows(phone) === 12, 'the files');
  await voiceMode(phone);
  for (const n of [1, 2, 3]) {
    await say(phone, 1000 + n * 1000);
    await until(phone, () => rows(phone) === 12 + n, `voice message ${n}`);
  }
  host.page.find({ className: 'composer-voice' }).tap();
  for (let i = 5; i < 10; i++) await phone.send(`text ${i}`);
  await until(phone, () => rows(phone) === 20, 'all twenty');
  const kept = () => JSON.parse(String(storage.get(KEY) ?? '[]')) as { messageClientId: string }[];
  await until(phone, () => kept().length === 20, 'twenty messages on the device');
  const ids = kept().map(({ messageClientId }) => messageClientId);
  host.close();
  for (const fault of dead) fault.remove();
  const log = () => emulator.world.serverLog('p2p', 'anna', 'ben').slice(1);
  expect(log()).toEqual([]);

  const ben = await stage.other('ben');
  const again = await stage.phone({ storage, files });
  await until(again, () => log().length === 20, 'twenty messages on the server');
  expect(log().map(({ messageClientId }) => messageClientId)).toEqual(ids);
  expect(log().map(({ messageType }) => messageType)).toEqual([
    ...Array<number>(5).fill(0),
    ...Array<number>(5).fill(1),
    6,
    6,
    ...Array<number>(3).fill(2),
    ...Array<number>(5).fill(0),
  ]);
  expect(emulator.storage.objects()).toHaveLength(10);
  await until(again, () => ben.received.length === 21, 'everything at ben');
  await again.openChat('本');
  await until(again, () => rows(again) === 20, 'all twenty after the start');
});
