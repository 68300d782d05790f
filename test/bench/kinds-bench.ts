import { type Emulator, startEmulator } from '../../emulator';
import { build } from '../../scripts/lib/build';
import type { SetDataCall } from '../host';
import { launchPhone, type Phone } from '../weapp/phone';
import { atMost, type Figure } from './figures';

/** A message as the server sends it to the open chat. */
interface Sample {
  readonly messageType: number;
  readonly text?: string;
  /** Keys as on the wire. */
  readonly attachment?: object;
  readonly serverExtension?: object;
  /** A class of the row, which shows that the message is drawn by its own view. */
  readonly shows: string;
}

/** Addresses have the usual length of Yunxin's storage. */
const URL = `https://nim-nosdn.netease.im/${'Zm9vYmFy'.repeat(8)}`;
const WAVEFORM = Array.from({ length: 40 }, (_, i) => (i * 37) % 101);
const LINE = 'note-text';

/** A received message of every kind; a new kind is a new line. */
const SAMPLES: Readonly<Record<string, Sample>> = {
  text: { messageType: 0, text: 'exactly twenty chars', shows: 'bubble' },
  link: { messageType: 0, text: 'see https://example.com or call 13800138000', shows: 'mark' },
  emoji: { messageType: 0, text: 'good [大笑][鼓掌] morning', shows: 'bubble' },
  image: {
    messageType: 1,
    attachment: { url: URL, name: 'a.jpg', ext: 'jpg', size: 90_000, w: 1280, h: 720 },
    shows: 'picture',
  },
  audio: {
    messageType: 2,
    attachment: { url: URL, dur: 7000, ext: 'aac', size: 9000 },
    serverExtension: { waveform: WAVEFORM },
    shows: 'vo',
  },
  video: {
    messageType: 3,
    attachment: { url: URL, dur: 9000, ext: 'mp4', size: 900_000, w: 720, h: 1280 },
    shows: 'picture',
  },
  location: {
    messageType: 4,
    attachment: { lat: 30.24, lng: 120.15, title: '杭州市西湖区龙井路1号' },
    text: '西湖',
    shows: 'loc',
  },
  file: {
    messageType: 6,
    attachment: { url: URL, name: 'the contract of the year.pdf', ext: 'pdf', size: 2_000_000 },
    shows: 'file',
  },
  tips: { messageType: 10, text: 'Ben joined from the website', shows: LINE },
  call: {
    messageType: 12,
    attachment: {
      type: 2,
      channelId: 'c',
      status: 1,
      durations: [{ accid: 'ben', duration: 65 }],
    },
    shows: 'rec',
  },
  custom: { messageType: 100, attachment: { type: 'poll', data: {} }, shows: 'bubble-kind' },
  nameCard: {
    messageType: 100,
    attachment: { type: 'nameCard', accountId: 'ben', name: 'ben' },
    shows: 'bubble',
  },
  mergedForward: {
    messageType: 100,
    attachment: {
      type: 101,
      data: {
        depth: 1,
        md5: 'd41d8cd98f00b204e9800998ecf8427e',
        url: URL,
        sessionId: 'anna',
        sessionName: 'Design',
        abstracts: [
          { senderNick: 'Anna', content: 'first', userAccId: 'anna' },
          { senderNick: 'Ben', content: 'second', userAccId: 'ben' },
        ],
      },
    },
    shows: 'bubble',
  },
  quote: {
    messageType: 0,
    text: 'yes, at nine',
    serverExtension: {
      yxReplyMsg: { idClient: 'gone', scene: 1, from: 'anna', to: 'ben', idServer: '1', time: 1 },
    },
    shows: 'q',
  },
  quotedImage: {
    messageType: 1,
    attachment: { url: URL, name: 'a.jpg', ext: 'jpg', size: 90_000, w: 1280, h: 720 },
    serverExtension: {
      yxReplyMsg: { idClient: 'gone', scene: 1, from: 'anna', to: 'ben', idServer: '1', time: 1 },
    },
    shows: 'q',
  },
};

/** A swipe of a bubble: the way to the left, px, and the movements that the view reports. */
const SWIPE = 120;
const SWIPE_STEPS = 30;
const SWIPE_BYTES = 900;
const MENU_BYTES = 1000;
const ROW_BYTES = 900;
const PROGRESS_BYTES = 120;
const PROGRESS_A_SECOND = 5;
const PLAYING_BYTES = 100;
const PLAYING_A_SECOND = 4;
const PLAYING_S = 3;

/** Measures what a received message of each kind, an upload and a playing voice message send to the view. */
export async function benchKinds(): Promise<Figure[]> {
  const { directory } = await build({ target: 'weapp' });
  const emulator = await startEmulator({ port: 0, world: 'empty' });
  for (const accountId of ['anna', 'ben'])
    emulator.world.addAccount({ accountId, name: accountId, token: `token-${accountId}` });
  emulator.world.sendMessage({ from: 'ben', to: 'anna', text: 'hello' });
  const phone = await launchPhone(directory, emulator);
  try {
    phone.host.setData.keepJson = true;
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.openChat('ben');
    await phone.bubble('hello');
    return [
      ...(await rows(phone, emulator)),
      ...(await swipe(phone)),
      ...(await menu(phone)),
      ...(await upload(phone, emulator)),
      ...(await playing(phone, emulator)),
    ];
  } finally {
    phone.host.close();
    await emulator.close();
  }
}

async function rows(phone: Phone, { world }: Emulator): Promise<Figure[]> {
  const figures: Figure[] = [];
  // The first row of a chat brings containers that every later row lacks.
  await received(phone, () => world.sendMessage({ from: 'ben', to: 'anna', text: 'before' }));
  for (const [name, sample] of Object.entries(SAMPLES)) {
    const { attachment, serverExtension, shows, ...fields } = sample;
    const seen = () => phone.host.page.findAll({ className: shows }).length;
    const before = seen();
    const log = await received(phone, () =>
      world.sendMessage({
        from: 'ben',
        to: 'anna',
        ...fields,
        ...(attachment ? { attachment: JSON.stringify(attachment) } : {}),
        ...(serverExtension ? { serverExtension: JSON.stringify(serverExtension) } : {}),
      }),
    );
    if (seen() <= before) throw new Error(`${name}: no new .${shows}\n${phone.host.page.tree()}`);
    figures.push(
      atMost(`row.${name}.calls`, log.length, 1),
      atMost(`row.${name}.bytes`, Math.max(...log.map(({ bytes }) => bytes)), ROW_BYTES, {
        unit: 'B',
      }),
    );
  }
  return figures;
}

/** A swipe that answers a message. */
async function swipe(phone: Phone): Promise<Figure[]> {
  const bubble = await phone.bubble('hello');
  const log = await received(phone, () => {
    bubble.event('touchstart', { x: 300, y: 300 });
    for (let step = 1; step <= SWIPE_STEPS; step++)
      bubble.event('touchmove', { x: 300 - (SWIPE * step) / SWIPE_STEPS, y: 300 });
    bubble.event('touchend', { x: 300 - SWIPE, y: 300 });
  });
  await phone.host.waitForNode({ className: 'strip' });
  (await phone.host.waitForNode({ className: 'strip-x' })).tap();
  await quiet(phone);
  return [
    atMost('swipe.calls', log.length, 1, { note: `${SWIPE_STEPS} movements` }),
    atMost('swipe.bytes', Math.max(...log.map(({ bytes }) => bytes)), SWIPE_BYTES, { unit: 'B' }),
  ];
}

/** The menu of a received text: all its items and the reactions. */
async function menu(phone: Phone): Promise<Figure[]> {
  const { host } = phone;
  const bubble = await phone.bubble('hello');
  const log = await received(phone, () => bubble.longPress());
  const items = host.page.findAll({ className: 'menu-item' }).length;
  const closing = await received(phone, () => host.page.find({ className: 'menu-mask' }).tap());
  return [
    atMost('menu.calls', log.length, 1, { note: `${items} items` }),
    atMost('menu.bytes', Math.max(...log.map(({ bytes }) => bytes)), MENU_BYTES, {
      unit: 'B',
      note: `closing: ${closing.map(({ bytes }) => bytes).join(', ')} B`,
    }),
  ];
}

/** A slow upload of a picture: the calls between its first progress and its end. */
async function upload(phone: Phone, { faults }: Emulator): Promise<Figure[]> {
  const { host } = phone;
  const slow = faults.add({ kind: 'upload', how: 'slow' });
  phone.wx.media.willPick({ bytes: Buffer.alloc(600_000, 7), extension: 'png' });
  (await phone.moreItem('more-album')).tap();
  await host.waitForNode({ ariaLabel: '发送中' }, { timeoutMs: 30_000 }).catch(() => undefined);
  await host.waitFor(() => /\d+%/.test(host.page.tree()), {
    what: 'a progress',
    timeoutMs: 30_000,
  });
  host.setData.reset();
  await host.waitFor(() => !/\d+%/.test(host.page.tree()), { what: 'the end', timeoutMs: 60_000 });
  slow.remove();
  const log = host.setData.snapshot().log.filter(({ json }) => /\d+%/.test(json));
  await quiet(phone);
  return [
    atMost('upload.calls', rateOf(log), PROGRESS_A_SECOND, {
      note: `a second; ${log.length} calls`,
    }),
    atMost('upload.bytes', Math.max(0, ...log.map(({ bytes }) => bytes)), PROGRESS_BYTES, {
      unit: 'B',
    }),
  ];
}

/** A voice message that plays for some seconds of the app's time, in which the host reports ten positions a second. */
async function playing(phone: Phone, { world }: Emulator): Promise<Figure[]> {
  const { host } = phone;
  await received(phone, () =>
    world.sendMessage({
      from: 'ben',
      to: 'anna',
      messageType: 2,
      attachment: JSON.stringify({ url: `${URL}.mp3`, dur: 20_000, ext: 'mp3', size: 90_000 }),
      serverExtension: JSON.stringify({ waveform: WAVEFORM }),
    }),
  );
  const voices = host.page.findAll({ className: 'vo' });
  voices[voices.length - 1]?.tap();
  await host.waitForNode({ className: 'on' });
  host.setData.reset();
  const startedAt = performance.now();
  for (let tenth = 0; tenth < PLAYING_S * 10; tenth++) {
    phone.wx.audio.last.reach(tenth / 10);
    // The report arrives in a later macrotask.
    await new Promise((resolve) => setImmediate(resolve));
    host.elapse(100);
  }
  // The app's time goes on while the loop works.
  const seconds = PLAYING_S + (performance.now() - startedAt) / 1000;
  // The first call shows that the message plays.
  const log = host.setData.snapshot().log.filter(({ json }) => json.includes('--p'));
  return [
    atMost('playing.calls', Math.round(log.length / seconds), PLAYING_A_SECOND, {
      note: `a second; ${log.length} calls`,
    }),
    atMost('playing.bytes', Math.max(0, ...log.map(({ bytes }) => bytes)), PLAYING_BYTES, {
      unit: 'B',
    }),
  ];
}

async function received(phone: Phone, send: () => unknown): Promise<readonly SetDataCall[]> {
  phone.host.setData.reset();
  send();
  await quiet(phone);
  return phone.host.setData.snapshot().log;
}

/**
 * Resolves after 300 ms without a setData, and not before the first. It waits for real time: the messages come through
 * a socket, and no event tells that no second call follows.
 */
async function quiet({ host }: Phone): Promise<void> {
  for (let calls = -1, same = 0; same < 5;) {
    await new Promise((resolve) => setTimeout(resolve, 60));
    const now = host.setData.snapshot().log.length;
    same = now === calls && now > 0 ? same + 1 : 0;
    calls = now;
  }
}

/** Calls a second over the time from the first to the last, rounded: under load the first may come late. */
function rateOf(log: readonly SetDataCall[]): number {
  const [first, last] = [log[0], log[log.length - 1]];
  if (!first || !last || first === last) return log.length;
  return Math.round(((log.length - 1) * 1000) / (last.atMs - first.atMs));
}
