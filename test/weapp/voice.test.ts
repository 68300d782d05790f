import { BareRoom, type BareSdk } from '../harness';
import { type Phone, useWeapp } from './phone';

const stage = useWeapp();
const AUDIO = 2;
/** An address of the usual length. */
const AVATAR = `https://nim-nosdn.netease.im/${'a'.repeat(40)}.png`;
const WAVEFORM = Array.from({ length: 40 }, (_, i) => (i * 37) % 101);

/** Ben says something to Anna. */
function say(name: string, { seconds = 4, ...more }: Record<string, unknown> = {}): void {
  const url = `https://sounds.example/${name}.mp3`;
  stage.emulator.world.sendMessage({
    from: 'ben',
    to: 'anna',
    messageType: AUDIO,
    attachment: JSON.stringify({ url, dur: Number(seconds) * 1000, ext: 'mp3', size: 1000 }),
    serverExtension: JSON.stringify({ waveform: WAVEFORM }),
    ...more,
  });
}

async function openChat(options = {}): Promise<Phone> {
  const phone = await stage.phone(options);
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await phone.openChat('本');
  await phone.host.waitForNode({ className: 'bubble' });
  return phone;
}

/** The voice messages, oldest first. */
const voices = ({ host }: Phone) => {
  const inside = (className: string) =>
    host.page.findAll({ className }).flatMap((part) => part.findAll({ className: 'vo' }));
  // The history is laid out in reverse.
  return [...inside('history').reverse(), ...inside('live')];
};
/** The voice messages as the user sees them, oldest first. */
const shown = (phone: Phone) =>
  voices(phone).map((node) => {
    const marks = { un: '•', on: '▶', bad: '!' };
    const found = Object.entries(marks).filter(([name]) => node.classes.includes(name));
    return node.text + found.map(([, mark]) => mark).join('');
  });
const sources = (phone: Phone) =>
  phone.wx.audio.playing.map((src) => /(\w+)\.mp3$/.exec(String(src))?.[1]);
const until = (phone: Phone, is: () => boolean, what: string) =>
  phone.host.waitFor(() => is(), { what });
const tap = (phone: Phone, index: number) => voices(phone)[index]?.tap();

describe('voice messages, in the built package', () => {
  it('plays a message, then the next that was not heard; the dots stay away after a restart', async () => {
    for (const name of ['one', 'two', 'three']) say(name);
    const phone = await openChat();
    await until(phone, () => shown(phone).length === 3, 'the messages');
    expect(shown(phone)).toEqual(['4″•', '4″•', '4″•']);

    tap(phone, 1);
    await until(phone, () => shown(phone)[1] === '4″▶', 'the second message to play');
    expect(sources(phone)).toEqual(['two']);
    expect(phone.wx.audio.output).toMatchObject({ obeyMuteSwitch: false, speakerOn: true });
    phone.wx.audio.last.finish();
    await until(phone, () => sources(phone)[0] === 'three', 'the third message to play');
    phone.wx.audio.last.finish();
    await until(phone, () => shown(phone).join() === '4″•,4″,4″', 'the end');

    const { storage } = phone.wx;
    const again = await stage.phone({ storage });
    await again.openChat('本');
    await until(again, () => shown(again).join() === '4″•,4″,4″', 'the same dots');
  });

  it('pauses, goes on, and goes on later where another message has interrupted', async () => {
    for (const name of ['one', 'two']) say(name);
    const phone = await openChat();
    await until(phone, () => shown(phone).length === 2, 'the messages');
    tap(phone, 0);
    await until(phone, () => sources(phone).length === 1, 'the first message');
    phone.wx.audio.last.reach(2);
    await until(phone, () => /--p: 5\d%/.test(styleOf(phone, 0)), 'half of it');
    tap(phone, 0);
    await until(phone, () => sources(phone).length === 0, 'the pause');
    tap(phone, 0);
    await until(phone, () => sources(phone).length === 1, 'the message to go on');
    tap(phone, 1);
    await until(phone, () => sources(phone).join() === 'two', 'only the second message');
    tap(phone, 0);
    await until(phone, () => sources(phone).join() === 'one', 'only the first message');
    expect(Number(phone.wx.audio.last.fields.startTime)).toBeGreaterThanOrEqual(2);
    expect(phone.wx.audio.contexts).toHaveLength(3);
  });

  it('plays faster, and by the earpiece', async () => {
    say('one');
    const phone = await openChat();
    await until(phone, () => shown(phone).length === 1, 'the message');
    expect(phone.host.page.has({ className: 'voice-rate' })).toBe(false);
    tap(phone, 0);
    (await phone.host.waitForNode({ className: 'voice-rate', text: '1×' })).tap();
    (await phone.host.waitForNode({ className: 'voice-rate', text: '1.5×' })).tap();
    await phone.host.waitForNode({ className: 'voice-rate', text: '2×' });
    expect(phone.wx.audio.last.fields.playbackRate).toBe(2);

    voices(phone)[0]?.longPress();
    (await phone.host.waitForNode({ text: '听筒播放' })).tap();
    await until(phone, () => phone.wx.audio.output.speakerOn === false, 'the earpiece');
    voices(phone)[0]?.longPress();
    await phone.host.waitForNode({ text: '扬声器播放' });
  });

  it('stops when the page is left, when the app is hidden, and when an interruption begins', async () => {
    say('one');
    const phone = await openChat();
    const play = async () => {
      await until(phone, () => shown(phone).length === 1, 'the message');
      tap(phone, 0);
      await until(phone, () => sources(phone).length === 1, 'the sound');
    };
    await play();
    phone.wx.interruptAudio();
    await until(phone, () => sources(phone).length === 0, 'the pause');
    await play();
    phone.host.hide();
    expect(sources(phone)).toEqual([]);
    phone.host.show();
    await play();
    phone.host.back();
    await until(phone, () => sources(phone).length === 0, 'silence on the list');
    expect(phone.wx.audio.contexts.filter(({ destroyed }) => !destroyed)).toEqual([]);
  });

  it('says that a sound is not loaded or has an unknown format, and tries again', async () => {
    say('one');
    const phone = await openChat();
    await until(phone, () => shown(phone).length === 1, 'the message');
    phone.wx.audio.failure = { errCode: 10_002, errMsg: 'network' };
    tap(phone, 0);
    await until(phone, () => shown(phone)[0] === '语音没有加载出来，点击重试•!', 'the failure');
    phone.wx.audio.failure = { errCode: 10_004, errMsg: 'format' };
    tap(phone, 0);
    await until(phone, () => shown(phone)[0] === '此设备不能播放这种语音格式•!', 'the format');
    phone.wx.audio.failure = undefined;
    tap(phone, 0);
    await until(phone, () => shown(phone)[0] === '4″▶', 'the sound');
  });

  it('a row costs one setData of at most 900 bytes, playing at most 4 a second of at most 100', async () => {
    stage.emulator.world.addAccount({ accountId: 'ben', avatar: AVATAR });
    stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: '在吗' });
    const phone = await openChat();
    await phone.bubble('在吗');
    const { setData } = phone.host;
    setData.keepJson = true;
    setData.reset();
    say('long', { seconds: 60 });
    await until(phone, () => shown(phone).length === 1, 'the message');
    const row = setData.snapshot().log.find(({ json }) => json.includes('60″'));
    expect(row?.bytes).toBeLessThanOrEqual(900);

    say('short', { seconds: 2 });
    await until(phone, () => shown(phone).length === 2, 'the short message');
    tap(phone, 1);
    await until(phone, () => shown(phone).some((text) => text.includes('▶')), 'the sound');
    const percents = () => styleOf(phone, 1);
    await until(phone, () => percents().includes('--p: 0%'), 'the first step');
    setData.reset();
    phone.host.elapse(1000);
    phone.wx.audio.last.reach(1);
    await until(phone, () => !percents().includes('--p: 0%'), 'a step');
    const steps = setData.snapshot().log.filter(({ json }) => json.includes('--p'));
    expect(steps.length).toBeGreaterThan(0);
    expect(Math.max(...steps.map(({ bytes }) => bytes))).toBeLessThanOrEqual(100);
  });
});

const bar = ({ host }: Phone) => host.page.find({ className: 'hold-bar' });
const ofAnna = ({ received }: BareSdk) => received.filter(({ senderId }) => senderId === 'anna');
const toasts = ({ wx }: Phone) => wx.ui.toasts.map(({ title }) => title);

/** Changes to voice; the first hold asks for the microphone. */
async function voiceMode(phone: Phone): Promise<void> {
  phone.host.page.find({ className: 'composer-voice' }).tap();
  await until(phone, () => bar(phone).visible, 'the bar');
  bar(phone).event('touchstart', { y: 700 });
  bar(phone).event('touchend');
  await until(phone, () => toasts(phone).includes('请按住说话'), 'the permission');
  expect(phone.wx.audio.recorder.starts).toEqual([]);
}

/** Presses the bar until the recorder runs. */
async function hold(phone: Phone): Promise<void> {
  const { recorder } = phone.wx.audio;
  bar(phone).event('touchstart', { y: 700 });
  await until(phone, () => recorder.state === 'recording', 'the recorder');
  await phone.host.waitForNode({ className: 'hold-time' });
}

describe('in a team and in a room', () => {
  it('a row with a name and a picture costs at most 900 bytes', async () => {
    const { world } = stage.emulator;
    world.addAccount({ accountId: 'ben', avatar: AVATAR });
    world.teams.createTeam({ teamId: '7001', name: '项目组', owner: 'anna', members: ['ben'] });
    world.sendMessage({ type: 'team', from: 'ben', to: '7001', text: '开会' });
    const phone = await stage.phone();
    await phone.signIn('账号密码', 'anna', 'token-anna');
    await phone.openChat('项目组');
    await phone.bubble('开会');
    const { setData } = phone.host;
    setData.keepJson = true;
    setData.reset();
    say('long', { seconds: 60, type: 'team', to: '7001' });
    await until(phone, () => shown(phone).length === 1, 'the message');
    const row = setData.snapshot().log.find(({ json }) => json.includes('60″'));
    expect(row?.bytes).toBeLessThanOrEqual(900);
  });

  it('a room plays and records as a chat does', async () => {
    const { rooms, world } = stage.emulator;
    world.addAccount({ accountId: 'chen', name: '陈', token: 'token-chen' });
    rooms.addRoom({ roomId: '9000', roomName: '音乐厅', creatorAccountId: 'ben' });
    const chen = new BareRoom(stage.emulator);
    try {
      await chen.enter({ roomId: '9000', accountId: 'chen', token: 'token-chen' });
      const phone = await stage.phone();
      const { host } = phone;
      await phone.signIn('账号密码', 'anna', 'token-anna');
      await host.waitForPage('pages/conversations/index');
      host.tapTab('我');
      (await host.waitForNode({ text: '聊天室' })).closest('cell')?.tap();
      (await host.waitForNode({ className: 'room-name', text: '音乐厅' }))
        .closest('room-item')
        ?.tap();
      await host.waitForNode({ className: 'composer-voice' });
      await voiceMode(phone);
      await hold(phone);
      host.elapse(3000);
      bar(phone).event('touchend');
      await until(phone, () => chen.received.length === 1, 'the message in the room');
      expect(chen.received[0]).toMatchObject({ messageType: AUDIO });
      const { url = '' } = chen.received[0]?.attachment as { url?: string };

      rooms.sendAs('9000', 'chen', {
        messageType: AUDIO,
        attachment: JSON.stringify({ url, dur: 4000, ext: 'mp3' }),
      });
      const inRoom = () => host.page.findAll({ className: 'vo' });
      await until(phone, () => inRoom().length === 2, 'the message of Chen');
      expect(inRoom().map(({ classes }) => classes.includes('un'))).toEqual([false, true]);
      inRoom()[1]?.tap();
      await until(phone, () => inRoom()[1]?.classes.includes('un') === false, 'the sound');
      expect(phone.wx.audio.playing).toEqual([url]);
      const { setData } = host;
      setData.keepJson = true;
      setData.reset();
      host.elapse(1000);
      phone.wx.audio.last.reach(2);
      await until(phone, () => /--p: [^0]/.test(String(inRoom()[1]?.attr('style'))), 'a step');
      const steps = setData.snapshot().log.filter(({ json }) => json.includes('--p'));
      expect(Math.max(...steps.map(({ bytes }) => bytes))).toBeLessThanOrEqual(100);
      host.back();
      await until(phone, () => sources(phone).length === 0, 'silence after leaving');
    } finally {
      await chen.dispose();
    }
  });
});

describe('recording, in the built package', () => {
  it('sends what is said while the bar is held, with its length and loudness', async () => {
    const ben = await stage.other('ben');
    say('one');
    const phone = await openChat();
    await voiceMode(phone);
    await hold(phone);
    const { recorder } = phone.wx.audio;
    expect(recorder.starts).toMatchObject([{ format: 'mp3', sampleRate: 16_000, frameSize: 1 }]);
    for (const gain of [130, 160, 190]) recorder.frame(mp3Frame(gain));
    phone.host.elapse(3000);
    await phone.host.waitForNode({ className: 'hold-time', text: '0:03' });
    expect(bar(phone).text).toContain('松开 发送');
    recorder.clip = { durationMs: 3200 };
    bar(phone).event('touchend');
    await until(phone, () => ofAnna(ben).length === 1, 'the message at ben');
    expect(ofAnna(ben)[0]).toMatchObject({ messageType: AUDIO, attachment: { duration: 3200 } });
    const { waveform } = JSON.parse(ofAnna(ben)[0]?.serverExtension ?? '{}') as {
      waveform?: number[];
    };
    expect([waveform?.length, waveform?.[0], waveform?.[39]]).toEqual([40, 0, 100]);
    await until(phone, () => shown(phone).join() === '4″•,3″', 'the own message');
    expect(phone.host.page.has({ className: 'hold-sheet' })).toBe(false);
    expect(stage.emulator.storage.objects()).toHaveLength(1);
  });

  it('sends nothing when it is too short, cancelled above the bar, or the page is hidden', async () => {
    say('one');
    const phone = await openChat();
    await voiceMode(phone);
    const { recorder } = phone.wx.audio;

    bar(phone).event('touchstart', { y: 700 });
    bar(phone).event('touchend');
    await until(phone, () => toasts(phone).includes('说话时间太短'), 'too short');
    await until(phone, () => recorder.state === 'idle', 'the recorder to stop');

    await hold(phone);
    phone.host.elapse(2000);
    bar(phone).event('touchmove', { y: 500 });
    await phone.host.waitForNode({ className: 'hold-cancel' });
    expect(bar(phone).text).toContain('松开 取消');
    bar(phone).event('touchend');
    await until(phone, () => recorder.state === 'idle', 'the cancelled recorder to stop');

    await hold(phone);
    phone.host.elapse(2000);
    phone.host.hide();
    await until(phone, () => recorder.state === 'idle', 'the hidden recorder to stop');
    phone.host.show();
    await until(
      phone,
      () => !phone.host.page.has({ className: 'hold-sheet' }),
      'the page without a sheet',
    );

    await hold(phone);
    phone.host.elapse(2000);
    recorder.interrupt();
    await until(phone, () => toasts(phone).includes('录音被打断，没有发送'), 'the interruption');
    await until(phone, () => recorder.state === 'idle', 'the interrupted recorder to stop');
    expect(shown(phone)).toEqual(['4″•']);
    expect(stage.emulator.storage.objects()).toHaveLength(0);
  });

  it('counts down, and sends at 60 s by itself', async () => {
    const ben = await stage.other('ben');
    say('one');
    const phone = await openChat();
    await voiceMode(phone);
    await hold(phone);
    phone.host.elapse(52_000);
    await phone.host.waitForNode({ className: 'hold-time', text: '还可以说 8 秒' });
    phone.wx.audio.recorder.clip = { durationMs: 60_000 };
    phone.host.elapse(8000);
    await until(phone, () => ofAnna(ben).length === 1, 'the message at ben');
    bar(phone).event('touchend');
    expect(ofAnna(ben)[0]).toMatchObject({ attachment: { duration: 60_000 } });
  });

  it('leads to the settings after a refusal, and asks no more once it is allowed', async () => {
    say('one');
    const settings: Record<string, boolean> = { 'scope.record': false };
    const phone = await openChat();
    phone.wx.install({
      getSetting: phone.wx.api('getSetting', () => ({ authSetting: settings })),
      openSetting: phone.wx.api('openSetting', () => {
        settings['scope.record'] = true;
        return { authSetting: settings };
      }),
    });
    phone.host.page.find({ className: 'composer-voice' }).tap();
    await until(phone, () => bar(phone).visible, 'the bar');
    bar(phone).event('touchstart', { y: 700 });
    bar(phone).event('touchend');
    const question = await phone.host.waitFor(() => phone.wx.ui.modal);
    expect(question.title).toBe('需要麦克风权限');
    question.confirm();
    await until(phone, () => toasts(phone).includes('请按住说话'), 'the permission');
    await hold(phone);
    bar(phone).event('touchcancel');
    await until(phone, () => phone.wx.audio.recorder.state === 'idle', 'the end');
  });

  it('a refused or silent recorder is said, and the next hold records', async () => {
    say('one');
    const phone = await openChat();
    await voiceMode(phone);
    const { recorder } = phone.wx.audio;
    recorder.refusal = 'operateRecorder:fail system error';
    bar(phone).event('touchstart', { y: 700 });
    await until(phone, () => toasts(phone).includes('录音失败，请重试'), 'the refusal');
    recorder.refusal = undefined;
    recorder.silent = true;
    phone.wx.ui.toasts.length = 0;
    bar(phone).event('touchstart', { y: 700 });
    phone.host.elapse(5000);
    await until(phone, () => toasts(phone).includes('录音失败，请重试'), 'the silence');
    recorder.silent = false;
    recorder.state = 'idle';
    phone.host.elapse(6000);
    await hold(phone);
    phone.host.elapse(2000);
    bar(phone).event('touchend');
    await until(phone, () => shown(phone).length === 2, 'the own message');
  });

  it('stops what is played, and is stopped by a call', async () => {
    say('one');
    const ben = await stage.phone();
    await ben.signIn('账号密码', 'ben', 'token-ben');
    await ben.openChat('安娜');
    const phone = await openChat();
    await voiceMode(phone);
    tap(phone, 0);
    await until(phone, () => shown(phone)[0] === '4″▶', 'the sound');
    await hold(phone);
    expect(sources(phone)).toEqual([]);
    (await ben.moreItem('more-call')).tap();
    (await ben.host.waitFor(() => ben.wx.ui.actionSheet)).select('语音通话');
    await until(phone, () => phone.wx.audio.recorder.state === 'idle', 'the call to end it');
    await phone.host.waitForNode({ text: '邀请你语音通话' });
    expect(shown(phone)).toEqual(['4″']);
  });
});

function styleOf(phone: Phone, index: number): string {
  return String(voices(phone)[index]?.attr('style'));
}

/** A frame of MPEG-2 Layer III as WeChat records it: 16 kHz, mono, 48 kbit/s, with this global_gain. */
function mp3Frame(gain: number): Uint8Array {
  const bytes = new Uint8Array(216);
  bytes.set([0xff, 0xf3, 0x68, 0xc0, 0, 0x10, 0, 0]);
  bytes[7] = gain >> 6;
  bytes[8] = (gain << 2) & 0xff;
  return bytes;
}
