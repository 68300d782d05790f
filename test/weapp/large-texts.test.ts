import { SET_DATA_LIMIT } from '../host/set-data-meter';
import { type Phone, useWeapp } from './phone';

const stage = useWeapp();
const ROOM_ID = '9000';

/** Bursts of messages with nearly the longest text: 1.4, 4.5 and 1.5 MB. */
const LOADS = [
  ['chinese90', 90, '汉'],
  ['chinese300', 300, '汉'],
  ['ascii300', 300, 'x'],
] as const;
const LENGTH = 4990;

const WAYS = ['link back', 'in the foreground', 'app hidden, then shown'] as const;

type Way = (typeof WAYS)[number];

/** Sends a text as another account. */
type SendText = (text: string) => void;

type Frames = (words: string) => Promise<void>;

/**
 * Watches the sockets that the app opens. The returned function resolves when the app has received a frame
 * with the given words.
 */
function watchFrames({ wx: { wx } }: Phone): Frames {
  const waiting = new Map<string, () => void>();
  const connect = wx.connectSocket;
  wx.connectSocket = (options) => {
    const task = connect(options);
    task.onMessage(({ data }) => {
      for (const [words, resolve] of waiting) if (String(data).includes(words)) resolve();
    });
    return task;
  };
  return (words) => new Promise((resolve) => waiting.set(words, resolve));
}

/** Delivers the messages in the given way. Resolves with the size of the largest setData, bytes of UTF-8. */
async function deliver(
  phone: Phone,
  {
    say,
    way,
    texts,
    frames,
  }: { say: SendText; way: Way; texts: readonly string[]; frames: Frames },
): Promise<number> {
  const { host } = phone;
  const last = (texts[texts.length - 1] ?? '').slice(0, 20);
  let largest = 0;
  let seen = false;
  host.setData.onCall = ({ bytes, json }) => {
    largest = Math.max(largest, bytes);
    seen ||= json.includes(last);
  };
  if (way === 'link back') stage.emulator.faults.cut();
  if (way === 'app hidden, then shown') host.hide();
  const arrived = way === 'app hidden, then shown' ? frames(last) : undefined;
  for (const text of texts) say(text);
  if (arrived) {
    await arrived;
    expect(seen).toBe(false);
    host.show();
  }
  await host.waitFor(() => seen, { what: `the message ${last}`, timeoutMs: 100_000 });
  host.setData.onCall = undefined;
  return largest;
}

const textsOf = (name: string, count: number, letter: string) =>
  Array.from({ length: count }, (_, i) => `${name}-${i}. `.padEnd(LENGTH, letter));
const numberOf = (text: string) => Number(/-(\d+)\. /.exec(text)?.[1]);

describe.each(WAYS)('many long texts, %s', (way) => {
  it('all appear in a chat, and no setData exceeds the limit', async () => {
    const phone = await stage.phone();
    const frames = watchFrames(phone);
    await phone.signIn('账号密码', 'anna', 'token-anna');
    const say = (text: string) =>
      void stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text });
    say('first');
    await phone.openChat('本');
    await phone.bubble('first');
    for (const [name, count, letter] of LOADS) {
      const texts = textsOf(name, count, letter);
      const largest = await deliver(phone, { say, way, texts, frames });
      expect(largest).toBeGreaterThan(LENGTH);
      expect(largest).toBeLessThan(SET_DATA_LIMIT);
      const shown = () => phone.bubbles().filter((text) => text.startsWith(`${name}-`));
      await phone.host.waitFor(() => shown().length === count, { what: `all of ${name}` });
      expect(shown()).toEqual(texts);
    }
  }, 400_000);

  it('appear in a room, and no setData exceeds the limit', async () => {
    const { rooms } = stage.emulator;
    rooms.addRoom({ roomId: ROOM_ID, roomName: '音乐厅', creatorAccountId: 'ben' });
    const phone = await stage.phone();
    const frames = watchFrames(phone);
    await phone.signIn('账号密码', 'anna', 'token-anna');
    const { host } = phone;
    await host.waitForPage('pages/conversations/index');
    void phone.wx.wx.navigateTo({ url: `/packages/chatroom/room/index?roomId=${ROOM_ID}` });
    await host.waitForNode({ tag: 'textarea' });
    const say = (text: string) => void rooms.sendAs(ROOM_ID, 'ben', text);
    say('first');
    await host.waitForNode({ className: 'bubble', text: 'first' });
    for (const [name, count, letter] of LOADS) {
      const largest = await deliver(phone, {
        say,
        way,
        texts: textsOf(name, count, letter),
        frames,
      });
      expect(largest).toBeGreaterThan(LENGTH);
      expect(largest).toBeLessThan(SET_DATA_LIMIT);
      const shown = host.page
        .findAll({ className: 'bubble' })
        .map(({ text }) => text)
        .filter((text) => text.startsWith(`${name}-`));
      for (const text of shown) expect(text).toHaveLength(LENGTH);
      // A flood folds its oldest messages; the newest are shown.
      const newest = shown
        .map(numberOf)
        .sort((a, b) => b - a)
        .slice(0, 12);
      expect(newest).toEqual(Array.from({ length: 12 }, (_, i) => count - 1 - i));
    }
  }, 400_000);
});
