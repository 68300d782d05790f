import type { BareSdk } from '../harness';
import type { NodeHandle } from '../host';
import type { V2NIMMessage } from '@/sdk/types';
import { useWeapp, type Phone } from './phone';

const stage = useWeapp();
const GONE = '原消息已撤回或删除';

async function signedIn(): Promise<Phone> {
  const phone = await stage.phone();
  await phone.signIn('账号密码', 'anna', 'token-anna');
  await phone.openChat('本');
  return phone;
}

/** A text of ben's that the server has. */
function said(text: string, createTime?: number) {
  const { world } = stage.emulator;
  return world.sendMessage({
    from: 'ben',
    to: 'anna',
    text,
    ...(createTime ? { createTime } : {}),
  });
}

const quotes = ({ host }: Phone) => host.page.findAll({ className: 'q' }).map(({ text }) => text);

async function quote({ host }: Phone, text: string) {
  return await host.waitFor(
    () => host.page.findAll({ className: 'q' }).find((one) => one.text === text),
    {
      what: `the quote ${text}`,
    },
  );
}

/** The extension by which Yunxin's older kits name the original of a reply. */
function kitReply({
  messageClientId,
  messageServerId,
  createTime,
}: ReturnType<typeof said>): string {
  return JSON.stringify({
    yxReplyMsg: {
      idClient: messageClientId,
      scene: 1,
      from: 'ben',
      receiverId: 'anna',
      to: 'ben|1|anna',
      idServer: messageServerId,
      time: createTime,
    },
  });
}

describe('a reply in the built package', () => {
  it("shows the original of the SDK's thread and of the older kits' extension", async () => {
    const first = said('see you at nine');
    const phone = await signedIn();
    await phone.bubble('see you at nine');
    const ben = await stage.other('ben');
    const { V2NIMMessageService: service, V2NIMMessageCreator: creator } = ben.nim;
    const [original] = await service.getMessageList({
      conversationId: 'ben|1|anna',
      direction: 0,
      limit: 1,
    });
    await service.replyMessage(creator.createTextMessage('by SDK'), original as V2NIMMessage);
    await phone.bubble('by SDK');
    await quote(phone, '本: see you at nine');

    phone.host.setData.reset();
    stage.emulator.world.sendMessage({
      from: 'ben',
      to: 'anna',
      text: 'by kit',
      serverExtension: kitReply(first),
    });
    await phone.bubble('by kit');
    const { log } = phone.host.setData.snapshot();
    expect(log).toHaveLength(1);
    expect(log[0]?.bytes).toBeLessThanOrEqual(900);
    expect(quotes(phone)).toEqual(['本: see you at nine', '本: see you at nine']);
  });

  it('says that the original was recalled, also when it is recalled while the reply is shown', async () => {
    const first = said('a secret');
    said('between');
    const phone = await signedIn();
    await phone.bubble('a secret');
    stage.emulator.world.sendMessage({
      from: 'ben',
      to: 'anna',
      text: 'about it',
      serverExtension: kitReply(first),
    });
    await quote(phone, '本: a secret');
    const ben = await stage.other('ben');
    const all = await ben.nim.V2NIMMessageService.getMessageList({
      conversationId: 'ben|1|anna',
      direction: 0,
      limit: 10,
    });
    const original = all.find(({ text }) => text === 'a secret');
    await ben.nim.V2NIMMessageService.revokeMessage(original as V2NIMMessage);
    await quote(phone, GONE);

    (await quote(phone, GONE)).tap();
    await phone.host.waitFor(() => phone.wx.ui.toasts.some(({ title }) => title === GONE), {
      what: 'the toast',
    });
  });

  it('leads to an original far back, tints it, and pages on from there in both directions', async () => {
    const start = Date.now() - 400 * 60_000;
    const all = Array.from({ length: 300 }, (_, i) => said(`m${i}`, start + i * 60_000));
    stage.emulator.world.sendMessage({
      from: 'ben',
      to: 'anna',
      text: 'about m100',
      serverExtension: kitReply(all[100] as ReturnType<typeof said>),
    });
    const phone = await signedIn();
    const { host } = phone;
    await phone.bubble('about m100');
    (await quote(phone, '本: m100')).tap();
    const bubble = await phone.bubble('m100');
    await host.waitFor(() => bubble.closest('tint'), { what: 'the tint' });
    host.setData.keepJson = true;
    host.setData.reset();
    await host.waitFor(() => !bubble.closest('tint'), { what: 'the end of the tint' });
    const ends = host.setData.snapshot().log.filter(({ json }) => /^\{"[^"]+":"msg"\}$/.test(json));
    expect(ends).toHaveLength(1);

    expect(phone.bubbles()).not.toContain('about m100');
    host.page.find({ id: 'messages' }).scrollToUpper();
    await phone.bubble('m60');
    host.page.find({ id: 'messages' }).scrollToLower();
    await phone.bubble('m140');
    const shown = phone.bubbles().map((text) => Number(text.slice(1)));
    expect(shown).toEqual(shown.map((_, i) => (shown[0] as number) + i));

    (await host.waitForNode({ className: 'pill' })).tap();
    await phone.bubble('about m100');
    expect(phone.bubbles()).not.toContain('m100');
  });
});

describe('the strip over the composer', () => {
  const got = (phone: Phone, { received }: BareSdk, wanted: string) =>
    phone.host.waitFor(() => received.find(({ text }) => text === wanted), { what: wanted });
  const strip = ({ host }: Phone) => host.page.maybe({ className: 'strip' });

  it('makes the next message a reply, which the other side gets as such', async () => {
    said('a question');
    const phone = await signedIn();
    const ben = await stage.other('ben');
    const bubble = await phone.bubble('a question');
    bubble.longPress();
    (await phone.menuItem('回复')).tap();
    const opened = await phone.host.waitForNode({ className: 'strip' });
    expect(opened.text).toContain('本: a question');
    await phone.send('an answer');
    await phone.bubble('an answer');
    await phone.host.waitFor(() => !strip(phone), { what: 'the end of the strip' });
    const reply = await got(phone, ben, 'an answer');
    expect(reply.threadReply).toMatchObject({ senderId: 'ben' });
    expect(reply.serverExtension).toContain('yxReplyMsg');
    expect(quotes(phone)).toEqual(['本: a question']);

    await phone.send('no answer');
    expect((await got(phone, ben, 'no answer')).threadReply).toBeUndefined();
  });

  it('is closed by its button, and the message is no reply', async () => {
    said('a question');
    const phone = await signedIn();
    const ben = await stage.other('ben');
    (await phone.bubble('a question')).longPress();
    (await phone.menuItem('回复')).tap();
    (await phone.host.waitForNode({ ariaLabel: '取消回复' })).tap();
    await phone.host.waitFor(() => !strip(phone), { what: 'the end of the strip' });
    await phone.send('a text');
    expect((await got(phone, ben, 'a text')).threadReply).toBeUndefined();
  });

  it('comes back with a recalled reply that is edited again', async () => {
    said('a question');
    const phone = await signedIn();
    await stage.other('ben');
    (await phone.bubble('a question')).longPress();
    (await phone.menuItem('回复')).tap();
    await phone.send('an answer');
    const answer = await phone.bubble('an answer');
    await phone.host.waitForNode({ className: 'sent' });
    answer.longPress();
    (await phone.menuItem('撤回')).tap();
    (await phone.host.waitForNode({ className: 're-edit' })).tap();
    const opened = await phone.host.waitForNode({ className: 'strip' });
    expect(opened.text).toContain('本: a question');
  });
});

describe('a swipe of a bubble to the left', () => {
  /** Moves a finger from the middle of the screen, in steps of 8 px. */
  function swipe(bubble: NodeHandle, dx: number, dy = 0): void {
    const at = (part: number) => ({ x: 300 + dx * part, y: 300 + dy * part });
    const steps = Math.ceil(Math.max(Math.abs(dx), Math.abs(dy)) / 8);
    bubble.event('touchstart', at(0));
    for (let step = 1; step <= steps; step++) bubble.event('touchmove', at(step / steps));
    bubble.event('touchend', at(1));
  }

  it('answers the message with a single setData', async () => {
    said('a question');
    const phone = await signedIn();
    const { host } = phone;
    const bubble = await phone.bubble('a question');
    host.setData.keepJson = true;
    host.setData.reset();
    swipe(bubble, -120);
    await host.waitForNode({ className: 'strip' });
    expect(bubble.closest('sw')).toBeDefined();
    const { log } = host.setData.snapshot();
    expect(log.map(({ json }) => json)).toHaveLength(1);
    expect(host.page.find({ tag: 'textarea' }).attr('focus')).toBe(true);
  });

  it('answers nothing while several messages are chosen', async () => {
    said('a question');
    const phone = await signedIn();
    const { host } = phone;
    const bubble = await phone.bubble('a question');
    bubble.longPress();
    (await phone.menuItem('多选')).tap();
    await host.waitForNode({ className: 'select-bar' });
    host.setData.reset();
    swipe(bubble, -120);
    host.page.find({ className: 'select-act', text: '取消' }).tap();
    await host.waitForNode({ tag: 'textarea' });
    expect(host.page.has({ className: 'strip' })).toBe(false);
  });

  it.each([
    ['too short', -50, 0],
    ['to the right', 120, 0],
    ['down', -60, 200],
    ['up', -60, -200],
  ])('%s answers nothing and sends nothing to the view', async (_, dx, dy) => {
    said('a question');
    const phone = await signedIn();
    const bubble = await phone.bubble('a question');
    phone.host.setData.reset();
    swipe(bubble, dx, dy);
    swipe(bubble, -120);
    await phone.host.waitForNode({ className: 'strip' });
    expect(phone.host.setData.snapshot().calls).toBe(1);
  });
});
