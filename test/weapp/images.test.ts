import type { V2NIMMessage } from 'nim-web-sdk-ng/dist/esm/nim/src/V2NIMMessageService';
import { encodePng } from '../../emulator/server/png';
import type { BareSdk } from '../harness';
import { type Phone, useWeapp } from './phone';

const stage = useWeapp();

const png = (width: number, height: number) =>
  encodePng({ width, height, data: Buffer.alloc(width * height * 4, 128) });

/** Sends a picture with the bare SDK; the address has the length of an address of Yunxin's file server. */
async function sendPicture(ben: BareSdk, width: number, height: number): Promise<V2NIMMessage> {
  const path = 'wxfile://tmp/picture.png';
  ben.wx.files.write(path, png(width, height));
  const { V2NIMMessageCreator: creator, V2NIMMessageService: service } = ben.nim;
  const message = creator.createImageMessage(path, 'p.png', undefined, width, height);
  return (await service.sendMessage(message, 'ben|1|anna')).message;
}

async function chatting(): Promise<{ phone: Phone; ben: BareSdk }> {
  stage.emulator.world.sendMessage({ from: 'ben', to: 'anna', text: 'hello' });
  const ben = await stage.other('ben');
  const phone = await stage.phone();
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await phone.openChat('本');
  await phone.bubble('hello');
  return { phone, ben };
}

/** The pictures and videos that arrived at the other side. */
const media = (ben: BareSdk) => ben.received.filter(({ messageType }) => Number(messageType) > 0);
const picture = ({ host }: Phone) => host.page.find({ className: 'picture' });

describe('a picture in a chat of the built package', () => {
  it('is received with one setData of at most 900 bytes, as a thumbnail in the shape of the picture', async () => {
    const { phone, ben } = await chatting();
    const { host } = phone;
    await ben.send('anna', 'before the count');
    await phone.bubble('before the count');
    host.setData.keepJson = true;
    host.setData.reset();
    await sendPicture(ben, 600, 300);
    await host.waitForNode({ className: 'picture' });
    const { log } = host.setData.snapshot();
    const carrying = log.filter(({ json }) => json.includes('imageView'));
    expect(carrying).toHaveLength(1);
    expect(carrying[0]?.bytes).toBeLessThanOrEqual(900);
    expect(picture(phone).find({ tag: 'image' }).attr('src')).toMatch(
      /\?imageView&thumbnail=360x180$/,
    );
  });

  it.each([
    ['picture', 1, { w: 4000, h: 3000, size: 3_400_000 }],
    ['video', 3, { w: 1280, h: 720, size: 13_400_000, dur: 58_000 }],
  ])(
    'costs at most 900 bytes with a long address and the time above it: %s',
    async (_, type, more) => {
      const { phone } = await chatting();
      const { host } = phone;
      // As long as the addresses of Yunxin's file server.
      const url = `https://nim-nosdn.netease.im/${'MTAxMTAwMg=='.repeat(10)}?createTime=1764267000000`;
      host.setData.keepJson = true;
      host.setData.reset();
      stage.emulator.world.sendMessage({
        from: 'ben',
        to: 'anna',
        messageType: type,
        attachment: JSON.stringify({ url, name: 'IMG_20261127_183000.jpg', ext: 'jpg', ...more }),
        createTime: Date.now() + 3_600_000,
      });
      await host.waitForNode({ className: 'picture' });
      const carrying = host.setData.snapshot().log.filter(({ json }) => json.includes(url));
      expect(carrying).toHaveLength(1);
      expect(carrying[0]?.json).toContain('msg-time');
      expect(carrying[0]?.bytes).toBeLessThanOrEqual(900);
    },
  );

  it('is requested in its own size when the thumbnail fails, and again by a tap when that fails too', async () => {
    const { phone, ben } = await chatting();
    const { host } = phone;
    await sendPicture(ben, 600, 300);
    await host.waitForNode({ className: 'picture' });
    const image = () => picture(phone).findAll({ tag: 'image' })[0];
    image()?.event('error');
    await host.waitFor(() => !String(image()?.attr('src')).includes('imageView'), {
      what: 'the picture in its own size',
    });
    image()?.event('error');
    await host.waitForNode({ className: 'picture-broken', text: '重试' });
    expect(picture(phone).attr('ariaLabel')).toBe('图片没有加载出来，点击重试');
    picture(phone).tap();
    await host.waitFor(() => String(image()?.attr('src')).includes('imageView'), {
      what: 'the thumbnail to be requested again',
    });
    expect(picture(phone).attr('ariaLabel')).toBe('图片');
  });
});

describe('the "+" panel of the built package', () => {
  const images = ({ host }: Phone) => host.page.findAll({ className: 'picture' });

  it('sends nine pictures and videos of the album, in the order of the choice', async () => {
    const { phone, ben } = await chatting();
    phone.wx.media.willPick(
      ...Array.from({ length: 8 }, (_, i) => ({ bytes: png(10 + i, 10), extension: 'png' })),
      {
        bytes: Buffer.from('video'),
        extension: 'mp4',
        fileType: 'video' as const,
        width: 720,
        height: 1280,
        duration: 12.4,
      },
    );
    (await phone.moreItem('more-album')).tap();
    await phone.host.waitFor(() => images(phone).length === 9, { what: 'nine rows' });
    await phone.host.waitFor(() => media(ben).length === 9, { what: 'nine messages at ben' });
    expect(
      media(ben)
        .map(({ messageType }) => Number(messageType))
        .sort(),
    ).toEqual([...Array<number>(8).fill(1), 3]);
    const video = ben.received.find(({ messageType }) => Number(messageType) === 3);
    expect(video?.attachment).toMatchObject({ duration: 12_400, width: 720, height: 1280 });
    const note = await phone.host.waitForNode({ className: 'video-note' });
    expect(note.text).toBe('5 B · 00:12');
    // The own poster is shown after the upload as before: it is neither loaded nor sent again.
    const own = images(phone).find((node) => node.classes.includes('video'));
    expect(own?.find({ tag: 'image' }).attr('src')).toMatch(/^(wxfile|http):\/\/.*tmp.*jpg$/);
  });

  it('says before the upload that a video is too long, and sends the rest', async () => {
    const { phone, ben } = await chatting();
    const video = { bytes: Buffer.from('v'), extension: 'mp4', fileType: 'video' as const };
    phone.wx.media.willPick(
      { ...video, duration: 75 },
      { bytes: png(10, 10), extension: 'png' },
      { ...video, duration: 60.5 },
    );
    (await phone.moreItem('more-album')).tap();
    await phone.host.waitFor(() => phone.wx.ui.toasts.length > 0, { what: 'the toast' });
    expect(phone.wx.ui.toasts.at(-1)?.title).toBe('视频不能超过 60 秒');
    await phone.host.waitFor(() => media(ben).length === 2, { what: 'two messages at ben' });
    expect(images(phone)).toHaveLength(2);
  });

  it('shows the progress of an upload with at most 120 bytes each', async () => {
    const { phone, ben } = await chatting();
    const { host } = phone;
    stage.emulator.faults.add({ kind: 'upload', how: 'slow', bytesPerSecond: 12_000_000 });
    const big = Buffer.concat([png(10, 10), Buffer.alloc(16_000_000)]);
    phone.wx.media.willPick({ bytes: big, extension: 'png' });
    host.setData.keepJson = true;
    host.setData.reset();
    (await phone.moreItem('more-camera')).tap();
    await host.waitFor(() => media(ben).length === 1, { what: 'the picture at ben' });
    await host.waitFor(() => !host.page.has({ className: 'picture-progress' }), {
      what: 'the end of the upload',
    });
    const progress = host.setData
      .snapshot()
      .log.filter(({ json }) => /^\{"[^"]*":"\d+%"\}$/.test(json));
    expect(progress.length).toBeGreaterThan(0);
    expect(Math.max(...progress.map(({ bytes }) => bytes))).toBeLessThanOrEqual(120);
  });

  it('leads to the settings after a refusal of the camera', async () => {
    const { phone } = await chatting();
    phone.wx.options.callFaults = { chooseMedia: { reason: 'auth deny' } };
    (await phone.moreItem('more-camera')).tap();
    const question = await phone.host.waitFor(() => phone.wx.ui.modal, { what: 'the question' });
    expect(question.content).toContain('没有权限');
    question.confirm();
    expect(images(phone)).toHaveLength(0);
  });
});
