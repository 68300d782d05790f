import { encodePng } from '../../emulator/server/png';
import type { BareSdk } from '../harness';
import type { NodeHandle } from '../host';
import { type Phone, useWeapp } from './phone';

const stage = useWeapp();

const VIEWER = 'packages/media/viewer/index';
const png = (width: number, height: number) =>
  encodePng({ width, height, data: Buffer.alloc(width * height * 4, 128) });

async function sendPicture(ben: BareSdk, name: string): Promise<void> {
  const path = `wxfile://tmp/${name}.png`;
  ben.wx.files.write(path, png(40, 30));
  const { V2NIMMessageCreator: creator, V2NIMMessageService: service } = ben.nim;
  const message = creator.createImageMessage(path, `${name}.png`, undefined, 40, 30);
  await service.sendMessage(message, 'ben|1|anna');
}

/** The chat with ben, who sent `count` pictures, each before `between` texts. */
async function chatting(count: number, between = 0): Promise<{ phone: Phone; ben: BareSdk }> {
  const ben = await stage.other('ben');
  for (let i = 0; i < count; i++) {
    await sendPicture(ben, `p${i}`);
    for (let text = 0; text < between; text++) await ben.send('anna', `t${i}-${text}`);
  }
  const phone = await stage.phone();
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await phone.openChat('本');
  await phone.host.waitForNode({ className: 'picture' });
  return { phone, ben };
}

/** The addresses of the objects in the order in which they were uploaded. */
const uploads = () => stage.emulator.storage.objects().map(({ objectName }) => objectName);
const swiper = ({ host }: Phone): NodeHandle => host.page.find({ className: 'view-swiper' });
/** The name of the object on the screen. */
function shown(phone: Phone): string | undefined {
  const place = swiper(phone).findAll({ className: 'view-item' })[
    Number(swiper(phone).attr('current'))
  ];
  const [image] = place?.findAll({ className: 'view-image' }) ?? [];
  return String(image?.attr('src'))
    .replace(/^.*\/nos\//, '')
    .replace(/\?.*$/, '');
}

async function swipe(phone: Phone, step: 1 | -1): Promise<void> {
  const current = Number(swiper(phone).attr('current')) + step;
  swiper(phone).event('change', { current, source: 'touch' });
  swiper(phone).event('animationfinish', { current, source: 'touch' });
  await phone.host.waitFor(() => Number(swiper(phone).attr('current')) === current, {
    what: `place ${current}`,
  });
}

async function openLast(phone: Phone): Promise<void> {
  phone.host.page.findAll({ className: 'picture' }).at(-1)?.tap();
  await phone.host.waitForPage(VIEWER);
  await phone.host.waitForNode({ className: 'view-image' });
}

describe('the full screen of a picture in the built package', () => {
  it('swipes through the pictures of the chat, also beyond the loaded messages', async () => {
    // Each page of the chat has 30 messages, so the first pictures are several pages away.
    const { phone } = await chatting(4, 20);
    const names = uploads();
    await openLast(phone);
    expect(shown(phone)).toBe(names[3]);
    for (const name of [names[2], names[1], names[0]]) {
      await swipe(phone, -1);
      await phone.host.waitFor(() => shown(phone) === name, { what: `the picture ${name}` });
    }
    expect(swiper(phone).findAll({ className: 'view-place' }).length).toBeLessThanOrEqual(3);
    // Nothing is before the first one: the swiper says so and comes back.
    const first = Number(swiper(phone).attr('current'));
    swiper(phone).event('change', { current: first - 1, source: 'touch' });
    await phone.host.waitForNode({ className: 'view-note', text: '没有更早的图片和视频' });
    swiper(phone).event('animationfinish', { current: first - 1, source: 'touch' });
    await phone.host.waitFor(() => shown(phone) === names[0], { what: 'the first picture again' });
  });

  it('requests a broken picture again, and closes by a tap', async () => {
    const { phone } = await chatting(1);
    await openLast(phone);
    phone.host.page.find({ className: 'view-image' }).event('error');
    await phone.host.waitForNode({ className: 'view-note', text: '图片没有加载出来，点击重试' });
    phone.host.page.find({ className: 'view-place' }).tap();
    const image = await phone.host.waitForNode({ className: 'view-image' });
    image.event('load', { width: 40, height: 30 });
    await phone.host.waitFor(() => !phone.host.page.has({ className: 'view-spinner' }), {
      what: 'the end of loading',
    });
    phone.host.page.find({ className: 'view-place' }).tap();
    await phone.host.waitForPage('packages/chat/index');
  });

  it('saves to the album; after a refusal it leads to the settings', async () => {
    const { phone } = await chatting(1);
    await openLast(phone);
    const save = () => phone.host.page.find({ className: 'view-action', text: '保存' }).tap();
    save();
    await phone.host.waitFor(
      () => phone.wx.ui.toasts.some(({ title }) => title === '已保存到相册'),
      {
        what: 'the toast',
      },
    );
    phone.wx.options.callFaults = { saveImageToPhotosAlbum: { reason: 'auth deny' } };
    save();
    const question = await phone.host.waitFor(() => phone.wx.ui.modal, { what: 'the question' });
    expect(question.content).toContain('没有权限');
    question.confirm();
  });

  it('says that a picture is gone from the server', async () => {
    const { phone } = await chatting(1);
    await openLast(phone);
    stage.emulator.storage.expire(uploads()[0] ?? '');
    phone.host.page.find({ className: 'view-action', text: '保存' }).tap();
    await phone.host.waitFor(
      () => phone.wx.ui.toasts.some(({ title }) => title === '文件已过期或已被删除'),
      { what: 'the toast' },
    );
  });
});

describe('a video in the built package', () => {
  it('plays on a page of its own, and says when it cannot be played', async () => {
    const { phone } = await chatting(1);
    phone.wx.media.willPick({
      bytes: Buffer.from('video'),
      extension: 'mp4',
      fileType: 'video',
      width: 1280,
      height: 720,
      duration: 5,
    });
    (await phone.moreItem('more-album')).tap();
    (await phone.host.waitForNode({ className: 'video' })).tap();
    await phone.host.waitForPage('packages/media/video/index');
    const video = await phone.host.waitForNode({ tag: 'video' });
    expect(video.attr('direction')).toBe(90);
    video.event('error', { errMsg: 'MEDIA_ERR_DECODE' });
    await phone.host.waitForNode({ className: 'view-note', text: '视频无法播放' });
    await phone.press('重试');
    await phone.host.waitForNode({ tag: 'video' });
  });
});
